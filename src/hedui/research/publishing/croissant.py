"""The tables and files of a package in, its `croissant.json` out: Croissant 1.0 with the fields of its RAI vocabulary that can be told honestly.

https://docs.mlcommons.org/croissant/docs/croissant-spec.html and https://docs.mlcommons.org/croissant/docs/croissant-rai-spec.html
"""

from __future__ import annotations

from typing import Any

from hedui.research.publishing.datapackage import KEYWORDS, FileFacts, Package
from hedui.research.publishing.facts import Facts
from hedui.research.publishing.request import licence_page
from hedui.research.publishing.shape import Field, Kind, Shape

__all__ = ["croissant_json"]

VERSION = "http://mlcommons.org/croissant/1.0"
RAI = "http://mlcommons.org/croissant/RAI/1.0"
CONTEXT = {
    "@language": "zh", "@vocab": "https://schema.org/", "citeAs": "cr:citeAs", "column": "cr:column", "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/", "rai": "http://mlcommons.org/croissant/RAI/", "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"}, "dct": "http://purl.org/dc/terms/", "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"}, "extract": "cr:extract", "field": "cr:field", "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject", "fileSet": "cr:fileSet", "format": "cr:format", "includes": "cr:includes", "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath", "key": "cr:key", "md5": "cr:md5", "parentField": "cr:parentField", "path": "cr:path", "recordSet": "cr:recordSet",
    "references": "cr:references", "regex": "cr:regex", "repeated": "cr:repeated", "replace": "cr:replace", "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/", "separator": "cr:separator", "source": "cr:source", "subField": "cr:subField", "transform": "cr:transform",
}
# a decimal is a number to whoever loads it; the file itself holds it exactly
TYPES: dict[Kind, str] = {"text": "sc:Text", "integer": "sc:Integer", "decimal": "sc:Float", "float": "sc:Float", "flag": "sc:Boolean",
                          "list": "sc:Text"}
FORMATS = {"parquet": "application/x-parquet", "csv": "text/csv", "db": "application/vnd.sqlite3"}
COLLECTED = ("各级部门和单位的财政绩效自评报告，由发布者收集，用 hedui 读出 · fiscal performance self-evaluation reports of government bodies, "
             "collected by the publisher and read by hedui")
LIMITS = ("数据是机器读出的，每行有把握度；请按把握度筛选或加权 · rows are read by machine; each has a confidence to filter or weigh by",
          "报告自述，不是审计结论 · what reports claim of themselves, not what an audit found")
NO_SAMPLE = "只含收集到的报告，不是各地各年的随机样本 · the reports that were collected, no random sample of places or years"
MASKED = ("电话、证件号、账号、邮箱和标签后的姓名已按模式隐去 {n} 处，其余姓名可能仍在 · phones, identity numbers, accounts, e-mail addresses and "
          "names behind labels are hidden by patterns in {n} places; other names may remain")
UNMASKED = "未隐去个人信息；按模式看出 {n} 处 · personal information is not hidden; patterns see it in {n} places"
READ_FROM = ("parquet", "csv")


def croissant_json(package: Package, facts: Facts, *, cite_as: str) -> dict[str, Any]:
    """The metadata of a package as JSON-LD: a FileObject a file, a RecordSet a table, read from Parquet where there is Parquet."""
    request = package.request
    people = [{"@type": "Organization", "name": name} for name in request.by]
    licence = {"license": licence_page(request.licence) or request.licence} if request.licence else {}
    dated = {"datePublished": request.date} if request.date else {}
    return {"@context": CONTEXT, "@type": "sc:Dataset", "conformsTo": [VERSION, RAI], "name": "hedui-dataset", "alternateName": request.title,
            "description": package.description, "version": package.version, "inLanguage": ["zh", "en"], "keywords": list(KEYWORDS), "citeAs": cite_as,
            **licence, **dated, **({"creator": people, "publisher": people} if people else {}), **responsible(facts),
            "distribution": [file_object(one) for one in package.files],
            "recordSet": [record_set(shape, package) for shape in package.shapes if readable(shape, package)]}


def readable(shape: Shape, package: Package) -> FileFacts | None:
    return next((found for ending in READ_FROM if (found := package.file(shape.name, ending))), None)


def file_object(one: FileFacts) -> dict[str, Any]:
    return {"@type": "cr:FileObject", "@id": one.path, "name": one.path, "contentUrl": one.path, "contentSize": f"{one.bytes} B",
            "encodingFormat": FORMATS[one.ending], "sha256": one.sha256}


def record_set(shape: Shape, package: Package) -> dict[str, Any]:
    source = readable(shape, package)
    assert source is not None
    key = [{"@id": f"{shape.name}/{name}"} for name in shape.key]
    return {"@type": "cr:RecordSet", "@id": shape.name, "name": shape.name, "description": f"{shape.about_zh} · {shape.about_en}",
            "key": key if len(key) > 1 else key[0], "field": [field_of(field, shape, source) for field in shape.fields]}


def field_of(field: Field, shape: Shape, source: FileFacts) -> dict[str, Any]:
    repeated = {"repeated": True} if field.kind == "list" and source.ending == "parquet" else {}
    unit = f"（{field.unit}）" if field.unit else ""
    kind = TYPES[field.kind] if field.name != "split" else "sc:Text"
    item = "sc:Integer" if field.kind == "list" and source.ending == "parquet" and field.holds_integers else kind
    return {"@type": "cr:Field", "@id": f"{shape.name}/{field.name}", "name": field.name, "description": f"{field.meaning}{unit}" or field.name,
            "dataType": item, **repeated,
            "source": {"fileObject": {"@id": source.path}, "extract": {"column": field.name}}}


def responsible(facts: Facts) -> dict[str, Any]:
    """What RAI asks and we know."""
    hidden = sum(facts.hidden.values())
    told = MASKED if facts.masked else UNMASKED
    versions = [f"hedui {one.version}" + (f" (model {one.model})" if one.model else " (rules alone)") for one in facts.readers]
    return {"rai:dataCollection": COLLECTED, "rai:dataCollectionType": ["Others"], "rai:machineAnnotationTools": versions,
            "rai:dataCollectionMissingData": "；".join(f"{gap.column}: {gap.missing} ({gap.share:.1%})" for gap in facts.gaps),
            "rai:dataLimitations": list(LIMITS), "rai:dataBiases": [NO_SAMPLE],
            "rai:personalSensitiveInformation": [told.format(n=hidden)]}
