"""A small app on the live site, made, edited and changed over REST."""

from __future__ import annotations

from tests.live import Visitor

APP = {
    "project_name": "Chores",
    "description": "Keep tasks with title and status.",
    "features": ["Task CRUD"],
    "tech_stack": "Django + HTMX + PostgreSQL",
    "styling": "Plain CSS",
}
MODELS = "core/models/task.py"
RENAMING = "Rename the status of Task to stage"


def build(visitor: Visitor) -> str:
    """Build the app; return the address of its page."""
    project_id = visitor.api("POST", "projects/", json=APP).json()["project_id"]
    return _built(visitor, project_id)


def edit(visitor: Visitor, base: str, old: str, new: str, path: str = MODELS) -> None:
    """Save an edit of a file, as the editor does."""
    address = f"{base[1:]}files/{path}"
    read = visitor.api("GET", address)
    assert old in read.text
    text = read.text.replace(old, new, 1)
    headers = {"If-Match": read.headers["ETag"]}
    assert visitor.api("PUT", address, data=text.encode(), headers=headers).status_code == 200


def edit_where_it_changes(visitor: Visitor, base: str) -> None:
    """Write a line right where `RENAMING` will change one."""
    edit(visitor, base, "    status = ", "    # right here\n    status = ")


def change(visitor: Visitor, base: str, words: str) -> None:
    """Change the app by words, and wait until it is built again."""
    address = f"{base[1:]}changes/"
    version = visitor.api("POST", address, json={"words": words}).json()["version"]
    sent = {"words": words, "apply": True}
    answer = visitor.api("POST", address, json=sent, headers={"If-Match": f'"{version}"'})
    assert answer.status_code == 202, answer.text
    _built(visitor, base.split("/")[2])


def _built(visitor: Visitor, project_id: str) -> str:
    assert visitor.wait_until_ended(project_id)["status"] == "SUCCESS"
    return f"/projects/{project_id}/"
