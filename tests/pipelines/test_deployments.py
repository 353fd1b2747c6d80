"""What prefect.yaml deploys is there and takes the parameters that stand there."""

import inspect
import json
from pathlib import Path

import pytest
import yaml

from hedui.pipelines.engine import set_up

set_up()
prefect = pytest.importorskip("prefect")
PLAN = yaml.safe_load((Path(__file__).parents[2] / "prefect.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("deployment", PLAN["deployments"], ids=lambda one: one["name"])
def test_a_deployment_names_a_flow_and_its_parameters(deployment):
    flow = prefect.flows.load_flow_from_entrypoint(deployment["entrypoint"], use_placeholder_flow=False)
    inspect.signature(flow.fn).bind(**deployment["parameters"])
    assert deployment["work_pool"]["name"] in ("hedui", "gpu")


def test_every_flow_is_deployed():
    assert {one["name"] for one in PLAN["deployments"]} >= {"ingest", "reprocess", "watch", "evaluate", "train"}


def artifacts_of(state):
    """What one run of a flow left, by key: other tests of this process leave theirs on the same server."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId

    of_this_run = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[state.state_details.flow_run_id]))
    with get_client(sync_client=True) as client:
        return {one.key: one.data for one in client.read_artifacts(artifact_filter=of_this_run)}


def test_artifacts_of_a_run_are_there(engine, tmp_path, read_here):
    from hedui.pipelines.ingest import ingest

    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("青岚县项目绩效自评报告\n全年预算数1000万元，全年执行数950万元，执行率97%。\n", encoding="utf-8")
    (tmp_path / "in" / "坏.docx").write_bytes(b"PK\x03\x04 cut off")
    found = artifacts_of(ingest([str(tmp_path / "in")], str(tmp_path / "out"), return_state=True))
    assert "坏.docx" in found["hedui-summary"] and found["hedui-progress"] == 100.0
    assert [row["文件 file"] for row in json.loads(found["hedui-failures"])] == ["坏.docx"]


def test_figures_are_a_table(engine, tmp_path):
    from hedui.bulk.jobs import Job, do
    from hedui.listing import Entry
    from hedui.pipelines.evaluate import evaluate
    from hedui.store.packing import unpack

    annotations = Path(__file__).parents[2] / "annotations"
    did = do(Job(entry=Entry(name="s25.txt", path=str(annotations / "samples" / "s25.txt"))), threads=1)
    (tmp_path / "s25.json").write_text(unpack(did.packed.output), encoding="utf-8")
    state = evaluate(str(annotations / "gold"), str(tmp_path), figures=str(tmp_path / "figures.txt"), return_state=True)
    rows = json.loads(artifacts_of(state)["hedui-figures"])
    written = json.loads((tmp_path / "figures.txt").read_text(encoding="utf-8"))["figures"]
    assert {row["项目 figure"] for row in rows} == set(written) != set()
