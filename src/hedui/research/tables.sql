-- How the tables of the research desk are made of those of the lake (lake_reports, lake_records, lake_claims, lake_checks, lake_mentions).
-- Rows are in the order of contents and places, so that the same lake gives the same files.

-- # beforehand
-- The one number in a text, rates as shares of one, 万 and 亿 counted out; null where there is none, or more than one (a date, a range).
create macro factor(told) as case
    when told like '%\%%' escape '\' or told like '%％%' then 0.01 when told like '%‰%' then 0.001
    when regexp_matches(told, '[0-9]\s*百万') then 1000000 when regexp_matches(told, '[0-9]\s*万') then 10000
    when regexp_matches(told, '[0-9]\s*亿') then 100000000 else 1 end;
create macro digits(told) as regexp_extract_all(told, '-?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?');
create macro number_in(told) as case when len(digits(told)) = 1 then
    try_cast(try_cast(replace(digits(told)[1], ',', '') as decimal(24, 9)) * factor(told)::decimal(12, 3) as decimal(38, 12)) end;
create table places as select distinct on (sha256, report) sha256, report, report_region, nullif(province, '_') as province
    from lake_reports where report is not null order by all;
create table conflicting as select sha256, id as check_id, unnest(claim_ids) as claim_id from lake_checks where verdict = 'conflict';
create table claims_conflicting as select sha256, claim_id as id, count(distinct check_id)::integer as conflicts from conflicting group by all;
create table records_conflicting as
    select sha256, id, count(distinct check_id)::integer as conflicts
    from (select sha256, id, unnest(check_ids) as check_id from lake_records) semi join conflicting using (sha256, check_id) group by all;

-- # reports
select file, sha256, version, report, report_title, report_kind, report_unit, report_region, report_year, programme, nullif(province, '_') as province,
    media_type, pages, characters, issues, start, "end", mentions, claims, records, checks, remarks, repairs, conflict as conflicts, rounding,
    consistent
from lake_reports order by sha256, start, report;

-- # records
select file, sha256, version, report, report_title, report_unit, p.report_region, report_year, programme, p.province, id, type, status, name,
    level1, level2, target, number_in(target) as target_number, actual, number_in(actual) as actual_number, completion,
    number_in(completion) as completion_number, deviation, number_in(deviation) as deviation_number, weight, number_in(weight) as weight_number,
    score, number_in(score) as score_number, "full", number_in("full") as full_number, grade, reason, yuan, yuan_text, measure, scope, fund_year,
    level, documents, number, title, issuers, amounts, claim_ids, check_ids, coalesce(conflicts, 0) as conflicts, confidence
from lake_records left join places p using (sha256, report) left join records_conflicting using (sha256, id) order by sha256, report, id;

-- # claims
select file, sha256, version, report, report_title, report_unit, p.report_region, report_year, programme, p.province, id, type, origin, start, "end",
    name, level1, level2, target, number_in(target) as target_number, actual, number_in(actual) as actual_number, completion,
    number_in(completion) as completion_number, deviation, number_in(deviation) as deviation_number, weight, number_in(weight) as weight_number,
    score, number_in(score) as score_number, "full", number_in("full") as full_number, grade, reason, yuan, yuan_text, measure, scope, fund_year,
    level, documents, number, title, issuers, amounts, mention_ids, coalesce(conflicts, 0) as conflicts, confidence, found_by, model
from lake_claims left join places p using (sha256, report) left join claims_conflicting using (sha256, id) order by sha256, start, id;

-- # checks
select file, sha256, version, report, report_title, report_unit, p.report_region, report_year, programme, p.province, id, kind, verdict, tier, note,
    stated, computed, inputs, start, "end", claim_ids, (verdict = 'conflict')::integer as conflicts, confidence
from lake_checks left join places p using (sha256, report) order by sha256, start, id;

-- # mentions
select file, sha256, version, report, report_title, report_unit, p.report_region, report_year, programme, p.province, id, label, start, "end", text,
    value, value_number, unit, op, low, high, confidence, found_by, model
from lake_mentions left join places p using (sha256, report) order by sha256, start, id;
