"""One file made to harm: what it is called, its bytes, how its reading is to end."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

__all__ = ["REPORT", "SECRET", "Ends", "Hostile", "Place"]

Ends = Literal["refused", "read", "either", "lost"]
SECRET = "秘密口令九八七六"
REPORT = "青岚县农村供水工程补助资金绩效自评报告\n一、项目资金情况\n全年预算数1000万元，全年执行数950万元，执行率95%。\n"


@dataclass(frozen=True, kw_only=True, slots=True)
class Hostile:
    """`ends`: whether it may be read, or takes its process with it; `says` is what must stand in the cause or
    in one of the issues (a pattern), `shows` what must stand in the text where it is read."""

    name: str
    file: str
    data: bytes
    ends: Ends = "either"
    says: str = ""
    shows: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """The address of a server that must not be asked, and the folder of a secret that must not be read."""

    url: str
    folder: Path

    @property
    def secret(self) -> str:
        return (self.folder / "secret.txt").as_uri()
