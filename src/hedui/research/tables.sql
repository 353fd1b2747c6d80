-- How the tables of the research desk are made of those of the lake (lake_reports, lake_records, lake_claims, lake_checks, lake_mentions).
-- Rows are in the order of contents and places, so that the same lake gives the same files.

-- # beforehand
-- The one number in a text, rates as shares of one, 万 and 亿 counted out; null where there is none, or more than one (a date, a range).
create macro factor(told) as case
    when told like '%\%%' escape '\' or told like '%％%' then 0.01 when told like '%‰%' then 0.001
    when regexp_matches(told, '[0-9]\s*万亿') then 1000000000000 when regexp_matches(told, '[0-9]\s*百万') then 1000000 when regexp_matches(told, '[0-9]\s*万') then 10000
    when regexp_matches(told, '[0-9]\s*亿') then 100000000 else 1 end;
create macro digits(told) as regexp_extract_all(told, '-?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?');
create macro number_in(told) as case when len(digits(told)) = 1 then
    try_cast(try_cast(replace(digits(told)[1], ',', '') as decimal(24, 9)) * factor(told)::decimal(16, 3) as decimal(38, 12)) end;
create table places as
    select r.sha256, r.report, any_value(r.report_region) as report_region, coalesce(any_value(l.linked_province), any_value(nullif(r.province, '_'))) as province,
        any_value(columns(l.* exclude (sha256, report, linked_province)))
    from lake_reports r left join links l using (sha256, report) where r.report is not null group by r.sha256, r.report;
create table conflicting as select sha256, id as check_id, unnest(claim_ids) as claim_id from lake_checks where verdict = 'conflict';
create table claims_conflicting as select sha256, claim_id as id, count(distinct check_id)::integer as conflicts from conflicting group by all;
create table records_conflicting as
    select sha256, id, count(distinct check_id)::integer as conflicts
    from (select sha256, id, unnest(check_ids) as check_id from lake_records) semi join conflicting using (sha256, check_id) group by all;

-- Executed by budget, to eight digits, reckoned in whole fen.
create macro fen(yuan) as (yuan::decimal(38, 2) * 100)::hugeint;
create macro rate_of(executed, budget) as
    (((fen(executed) * 100000000 + fen(budget) // 2) // nullif(fen(budget), 0))::decimal(20, 0) * 0.00000001::decimal(9, 8))::decimal(28, 8);
-- The fund of a report is a pair of amounts, budget and executed: such as the report itself holds against one another (a rate or difference of
-- both), or a table tells of one scope, else such as text tells of one scope. Of several the widest; what was executed is never twice the budget.
create table told as
    select sha256, report, id, measure, coalesce(scope, '') as scope, yuan, check_ids, confidence, (status <> 'narrative_only')::integer as tabled
    from lake_records
    where type = 'fund' and yuan > 0 and measure in ('budget', 'executed') and (fund_year is null or report_year is null or fund_year = report_year);
create table held as
    with touched as (select sha256, report, id, measure, unnest(check_ids) as check_id from told)
    select distinct b.sha256, b.report, b.id as budget, e.id as executed
    from touched b join touched e using (sha256, report, check_id) join lake_checks c on (c.sha256, c.report, c.id) = (b.sha256, b.report, check_id)
    where b.measure = 'budget' and e.measure = 'executed' and c.kind in ('ratio', 'difference');
create table funds as
    with pairs as (
        select sha256, report, b.yuan as budget_yuan, e.yuan as executed_yuan, b.id as budget, e.id as executed, b.confidence * e.confidence as confidence,
            ((held.budget is not null or b.tabled + e.tabled = 2)::integer, b.yuan, (held.budget is not null)::integer, b.tabled + e.tabled,
             b.confidence + e.confidence, b.id, e.id) as rank
        from told b join told e using (sha256, report)
            left join held on (held.sha256, held.report, held.budget, held.executed) = (sha256, report, b.id, e.id)
        where b.measure = 'budget' and e.measure = 'executed' and e.yuan - b.yuan <= b.yuan and (held.budget is not null or b.scope = e.scope))
    select sha256, report, max_by(budget_yuan, rank) as budget_yuan, max_by(executed_yuan, rank) as executed_yuan, max_by(budget, rank) as budget,
        max_by(executed, rank) as executed, max_by(confidence, rank) as confidence
    from pairs group by all;
create table stated_rates as
    with rates as (
        select sha256, report, id, confidence, (status <> 'narrative_only', confidence, id) as trust, number_in(actual) as rate
        from lake_records where type = 'indicator' and regexp_matches(name, '^(?:预算|资金|预算资金)执行率$') and regexp_matches(actual, '[%％]'))
    select sha256, report, max_by(rate, trust) as rate, max_by(id, trust) as id, max_by(confidence, trust) as confidence
    from rates where rate is not null group by all;
-- The score that a report gives itself, of a hundred.
create table self_scores as
    with scores as (
        select sha256, report, id, confidence, (status <> 'narrative_only', confidence, id) as trust, number_in(score) as score
        from lake_records where type = 'score' and name = '总分' and coalesce(number_in("full"), 100) = 100)
    select sha256, report, max_by(score, trust) as score, max_by(id, trust) as id, max_by(confidence, trust) as confidence
    from scores where score between 0 and 100 group by all;

-- # reports
select file, r.sha256, version, r.report, report_title, report_kind, report_unit, r.report_region, report_year, programme,
    coalesce(p.province, nullif(r.province, '_')) as province, p.prefecture, p.region_name, p.region_level, p.region_code, p.region_id, p.region_score,
    p.unit_id, p.unit_name, p.unit_kind, p.unit_score, p.programme_id, p.programme_name, p.fund_id, p.programme_score,
    f.budget_yuan, f.budget as budget_id, f.executed_yuan,
    coalesce(rate_of(f.executed_yuan, f.budget_yuan), t.rate) as execution_rate, coalesce(f.executed, t.id) as execution_id,
    coalesce(f.confidence, t.confidence) as execution_confidence, s.score as self_score, s.id as self_score_id, s.confidence as self_score_confidence,
    media_type, pages, characters, issues, start, "end", mentions, claims, records, checks, remarks, repairs, conflict as conflicts, rounding,
    consistent
from lake_reports r left join places p on (r.sha256, r.report) = (p.sha256, p.report) left join funds f on (r.sha256, r.report) = (f.sha256, f.report)
    left join stated_rates t on (r.sha256, r.report) = (t.sha256, t.report) left join self_scores s on (r.sha256, r.report) = (s.sha256, s.report)
order by r.sha256, start, r.report;

-- # records
select file, sha256, version, report, report_title, report_unit, p.report_region, report_year, programme, p.province, p.prefecture, p.region_name, p.region_level, p.region_code, p.region_id, p.region_score, p.unit_id, p.unit_name, p.unit_kind, p.unit_score,
    p.programme_id, p.programme_name, p.fund_id, p.programme_score, id, left(sha256, 12) || '/' || id as ref, type, status, c.name, i.indicator_id, i.indicator_name, i.indicator_score,
    c.level1, c.level2, target, number_in(target) as target_number, actual, number_in(actual) as actual_number, completion,
    number_in(completion) as completion_number, deviation, number_in(deviation) as deviation_number, weight, number_in(weight) as weight_number,
    score, number_in(score) as score_number, "full", number_in("full") as full_number, grade, reason, yuan, yuan_text, measure, scope, fund_year,
    level, documents, number, title, issuers, amounts, claim_ids, check_ids, coalesce(conflicts, 0) as conflicts, confidence
from lake_records c left join places p using (sha256, report) left join records_conflicting using (sha256, id)
    left join indicators i on c.type = 'indicator' and c.name = i.name and c.level1 is not distinct from i.level1
        and c.level2 is not distinct from i.level2 and measured_in(c.actual, c.target) is not distinct from i.unit
order by sha256, report, id;

-- # claims
select file, sha256, version, report, report_title, report_unit, p.report_region, report_year, programme, p.province, p.prefecture, p.region_name, p.region_level, p.region_code, p.region_id, p.region_score, p.unit_id, p.unit_name, p.unit_kind, p.unit_score,
    p.programme_id, p.programme_name, p.fund_id, p.programme_score, id, left(sha256, 12) || '/' || id as ref, type, origin, start, "end",
    c.name, i.indicator_id, i.indicator_name, i.indicator_score, c.level1, c.level2, target, number_in(target) as target_number, actual, number_in(actual) as actual_number, completion,
    number_in(completion) as completion_number, deviation, number_in(deviation) as deviation_number, weight, number_in(weight) as weight_number,
    score, number_in(score) as score_number, "full", number_in("full") as full_number, grade, reason, yuan, yuan_text, measure, scope, fund_year,
    level, documents, number, title, issuers, amounts, mention_ids, coalesce(conflicts, 0) as conflicts, confidence, found_by, model
from lake_claims c left join places p using (sha256, report) left join claims_conflicting using (sha256, id)
    left join indicators i on c.type = 'indicator' and c.name = i.name and c.level1 is not distinct from i.level1
        and c.level2 is not distinct from i.level2 and measured_in(c.actual, c.target) is not distinct from i.unit
order by sha256, start, id;

-- # checks
select file, sha256, version, report, report_title, report_unit, p.report_region, report_year, programme, p.province, p.prefecture, p.region_name, p.region_level, p.region_code, p.region_id, p.region_score, p.unit_id, p.unit_name, p.unit_kind, p.unit_score,
    p.programme_id, p.programme_name, p.fund_id, p.programme_score, id, left(sha256, 12) || '/' || id as ref, kind, verdict, tier, note,
    stated, computed, inputs, start, "end", claim_ids, (verdict = 'conflict')::integer as conflicts, confidence
from lake_checks left join places p using (sha256, report) order by sha256, start, id;

-- # mentions
select file, sha256, version, report, report_title, report_unit, p.report_region, report_year, programme, p.province, p.prefecture, p.region_name, p.region_level, p.region_code, p.region_id, p.region_score, p.unit_id, p.unit_name, p.unit_kind, p.unit_score,
    p.programme_id, p.programme_name, p.fund_id, p.programme_score, id, left(sha256, 12) || '/' || id as ref, label, start, "end", text,
    value, value_number, unit, op, low, high, confidence, found_by, model
from lake_mentions left join places p using (sha256, report) order by sha256, start, id;
