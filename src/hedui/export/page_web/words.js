"use strict";
// Labels of the page in Chinese and English; the words of the reports themselves are never translated.

let LANG = "zh";

const WORDS = {
  skip: ["跳到核对结果", "Skip to the results"],
  print: ["打印", "Print"],
  keys: ["按键：j / k 下一条、上一条，Enter 打开，Esc 关闭，/ 搜索", "Keys: j / k next and previous, Enter opens, Esc closes, / searches"],
  made: ["由 hedui（核对）写出。此页不连网，所有数据都在页内。", "Written by hedui. This page uses no network; all data lie within it."],
  summary: ["概况", "Overview"], filters: ["筛选", "Filters"], reader: ["原文", "The report"],
  files: ["文件", "files"], reports: ["报告", "reports"], claims: ["读出的陈述", "claims read"], checksDone: ["核对", "checks"],
  conflict: ["不符", "conflict"], rounding: ["舍入", "rounding"], consistent: ["相符", "consistent"],
  conflicts: ["不符", "Conflicts"], roundings: ["舍入之差", "Rounding"], consistents: ["相符", "Consistent"],
  conflictSub: ["数字或说法对不上，请看原文", "figures or wording that do not agree; see the report"],
  roundingSub: ["只差末位一个单位，多为截位或四舍五入", "one unit in the last stated digit: cut off or rounded"],
  consistentSub: ["按所写位数算得一致", "equal at the stated digits"],
  records: ["事项", "Records"], recordsSub: ["同一事项在正文和表格中的说法合在一起", "what narrative and tables say of one thing, put together"],
  texts: ["报告全文", "Reports in full"], textsSub: ["读出的数字、日期、文号和名称都已标出", "figures, dates, numbers and names are marked"],
  sum: ["合计", "sum"], difference: ["差额", "difference"], ratio: ["比率", "share or rate"], growth: ["增幅", "growth"],
  restated: ["前后说法", "told twice"], table: ["文与表", "text against table"], target: ["目标", "target"],
  unit: ["单位", "unit slip"], label: ["年份名称", "year or name"],
  numeric: ["数值关系", "arithmetic"], value: ["取值", "values"], wording: ["措辞", "wording"],
  kind: ["种类", "Kind"], tier: ["层次", "Tier"], verdict: ["结论", "Verdict"], file: ["文件", "File"], allFiles: ["全部文件", "All files"],
  least: ["把握不低于", "Confidence at least"], search: ["搜索", "Search"], searchHint: ["数字、词句、文件名…", "figures, words, file names…"],
  clear: ["清除筛选", "Clear filters"], order: ["排序", "Order"], byWeight: ["先重后轻", "weightiest first"], byFile: ["按文件", "by file"],
  shown: ["显示 {n} 条核对，共 {all} 条", "{n} of {all} checks shown"], more: ["再显示 {n} 条", "Show {n} more"], left: ["还有 {n} 条", "{n} left"],
  none: ["没有符合筛选的条目", "Nothing fits the filters"], nothing: ["没有", "None"], printed: ["只印出前 {n} 条，共 {all} 条；请先筛选，再分批打印。", "The first {n} of {all} are printed; filter first and print in parts."], noConflict: ["没有发现不符", "No conflict found"],
  recordTitle: ["同一事项的各处说法", "All places that speak of one thing"],
  byKind: ["不符，按种类", "Conflicts by kind"], byFileChart: ["不符，按文件", "Conflicts by file"],
  allKinds: ["全部 {n} 种", "All {n} kinds"], filtersFold: ["筛选：结论、种类、层次、文件、把握、排序", "Filters: verdict, kind, tier, file, confidence, order"], allRows: ["全部 {n} 个文件", "All {n} files"], failed: ["没能读出的文件", "Files that could not be read"],
  issues: ["读得不全之处", "Parts not fully read"], issueLine: ["{n} 处", "{n} places"],
  stated: ["所写", "stated"], computed: ["算得", "computed"], operand: ["依据", "operand"],
  evidence: ["证据", "Evidence"], fullText: ["全文", "Full text"], outline: ["目录", "Outline"], close: ["关闭", "Close"],
  prev: ["上一条", "Previous"], next: ["下一条", "Next"], inFull: ["在全文中看", "See in full text"],
  pick: ["点开左边任何一条，这里就显示它在报告中的位置。", "Open any item on the left to see its place in the report here."],
  orRead: ["也可以从这里直接读报告全文：", "Or read a report in full:"], place: ["原文", "text"], rowsHidden: ["略 {n} 行", "{n} rows left out"], tableName: ["表格", "Table:"],
  page: ["页", "pages"], chars: ["字", "characters"],
  agree: ["文表一致", "agree"], differ: ["文表不一", "differ"], narrative_only: ["只见正文", "narrative only"], table_only: ["只见表格", "table only"],
  indicator: ["指标", "indicator"], fund: ["资金", "fund"], document: ["文件依据", "cited document"], score: ["得分", "score"],
  narrative: ["正文", "narrative"], table_origin: ["表格", "table"], statusLabel: ["状态", "Status"], typeLabel: ["类别", "Type"],
  self_evaluation: ["绩效自评报告", "self-evaluation report"], indicator_table: ["绩效目标自评表", "indicator table"],
  final_accounts: ["部门决算", "final accounts"], department_evaluation: ["部门整体评价", "department evaluation"],
  untitled: ["（无标题）", "(untitled)"], related: ["相关核对", "related checks"], marks: ["标出读到之处", "Mark what was read"],
  AMOUNT: ["金额", "amount"], RATE: ["比率", "rate"], QUANTITY: ["数量", "quantity"], DATE: ["日期", "date"], DOCNO: ["文号", "document number"],
  TITLE: ["文件名", "title"], ORG: ["机构", "institution"], REGION: ["地区", "region"],
  sure5: ["几乎可以肯定", "almost certain"], sure4: ["很有把握", "very likely"], sure3: ["较有把握", "likely"],
  sure2: ["把握不大", "uncertain"], sure1: ["存疑", "doubtful"],
  f_name: ["名称", "name"], f_level1: ["一级指标", "level 1"], f_level2: ["二级指标", "level 2"], f_target: ["目标", "target"], f_actual: ["完成", "actual"],
  f_completion: ["完成率", "completion"], f_deviation: ["偏差率", "deviation"], f_weight: ["分值", "weight"], f_score: ["得分", "score"], f_reason: ["原因", "reason"],
  f_yuan: ["金额（元）", "yuan"], f_measure: ["口径", "measure"], f_scope: ["范围", "scope"], f_year: ["年度", "year"], f_level: ["层级", "level"],
  f_documents: ["依据文号", "documents"], f_number: ["文号", "number"], f_title: ["标题", "title"], f_issuers: ["发文机关", "issuers"], f_amounts: ["金额（元）", "yuan"],
  f_full: ["满分", "full marks"], f_grade: ["等级", "grade"], f_unit: ["单位", "unit"], f_region: ["地区", "region"], f_programme: ["项目", "programme"],
  budget: ["预算", "budget"], issued: ["下达", "issued"], received: ["到位", "received"], executed: ["执行", "executed"], carried_in: ["上年结转", "carried in"],
  carried_out: ["结转下年", "carried out"], income: ["收入", "income"], saved: ["节约", "saved"], recovered: ["追回", "recovered"],
  contract: ["合同", "contract"], other: ["其他", "other"],
  s_sum: ["写的合计是 {a}，各项相加得 {b}", "The total is given as {a}; its parts add up to {b}"],
  s_difference: ["写的差额是 {a}，两数相减得 {b}", "The difference is given as {a}; the subtraction gives {b}"],
  s_ratio: ["写的比率是 {a}，按数相除得 {b}", "The rate is given as {a}; the division gives {b}"],
  s_growth: ["写的增减是 {a}，按两期数字算得 {b}", "The change is given as {a}; the two periods give {b}"],
  s_restated: ["同一件事说了两次：此处 {a}，别处 {i}", "The same fact told twice: {a} here, {i} elsewhere"],
  s_table: ["正文与表格：此处 {a}，对应处 {i}", "Narrative and table: {a} here, {i} in the other place"],
  s_target: ["写的是 {a}，与目标或完成值 {i} 对照", "Given as {a}, held against {i}"],
  s_unit: ["{a} 的单位与别处不合，应为 {b}", "The unit of {a} does not fit; it should be {b}"],
  s_label: ["{a} 与别处的 {i} 对不上", "{a} does not match {i} elsewhere"],
  x_restated: ["同一件事前后不一：此处 {a}，别处 {i}", "The same fact differs: {a} here, {i} elsewhere"],
  x_table: ["正文与表格不一：此处 {a}，对应处 {i}", "Narrative and table differ: {a} here, {i} in the other place"],
  x_target: ["写的是 {a}，与目标或得分 {i} 对不上", "Given as {a}, which does not fit {i}"],
  partly: ["此页只列最要紧的 {n} 份，总数是全部 {all} 份的；其余见 hedui.xlsx、lake/ 与 json/。",
    "This page holds the {n} gravest files; the totals are those of all {all}; for the rest see hedui.xlsx, lake/ and json/."],
  lede: ["同一份报告里的数字彼此核对，正文与自评表互相核对；点开一条，即见它在原文中的位置。",
    "The figures of each report are held against one another, its narrative against its tables; open an item to see its place in the text."],
};

// The label `key` in the language of the page, with {places} filled in.
function t(key, fill) {
  const pair = WORDS[key];
  const text = pair ? pair[LANG === "en" ? 1 : 0] : key;
  return fill ? text.replace(/\{(\w+)\}/g, (whole, name) => (name in fill ? fill[name] : whole)) : text;
}

function count(number) {
  return Number(number).toLocaleString("en-US");
}

// A number of many digits with separators; anything else as it is.
function figure(text) {
  return /^-?\d{5,}(\.\d+)?$/.test(text) ? text.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ",")) : text;
}

function sureness(p) {
  return t(p >= 0.95 ? "sure5" : p >= 0.85 ? "sure4" : p >= 0.7 ? "sure3" : p >= 0.5 ? "sure2" : "sure1");
}
