"""The tree of a project's files: of many, only what is open is on the page; the rest is fetched."""

from __future__ import annotations

import pytest

from generation.file_tree import MOST_FILES, tree_of
from projects.models import ProjectFile

pytestmark = pytest.mark.django_db

MANY = MOST_FILES + 1


def files(*paths: str) -> list[ProjectFile]:
    return [ProjectFile(path=path) for path in paths]


@pytest.fixture
def large(finished):
    """The finished project with many files more, in folders of twenty."""
    ProjectFile.objects.bulk_create(
        ProjectFile(project=finished, path=f"src/part{n // 20}/file{n}.py", content=f"x = {n}\n")
        for n in range(MANY)
    )
    return finished


@pytest.fixture
def read(as_owner, large):
    def text(rest: str) -> str:
        answer = as_owner.get(f"/projects/{large.pk}/{rest}")
        assert answer.status_code == 200
        return answer.content.decode()

    return text


class TestTree:
    def test_the_way_to_what_is_shown_is_open(self):
        tree = tree_of(files("a/b/c.py", "a/d/e.py", "f/g.py"), "a/b/c.py")
        assert tree.inner("a").open
        assert tree.inner("a/b").open
        assert not tree.inner("a/d").open
        assert not tree.inner("f").open

    def test_so_are_what_was_opened_and_the_way_to_it(self):
        tree = tree_of(files("a/b/c.py", "f/g.py"), opened=["a/b", "gone/x"])
        assert [tree.inner("a").open, tree.inner("a/b").open, tree.inner("f").open] == [
            True,
            True,
            False,
        ]

    def test_what_is_no_path_of_a_file_is_not_opened(self):
        tree = tree_of(files("a/b.py"), opened=["/" * 50_000, f"a/{'b' * 300}"])
        assert [folder.open for folder in tree.sorted_folders] == [False]

    def test_folders_of_few_files_are_whole(self):
        tree = tree_of(files("a/b/c.py"))
        assert tree.inner("a/b").whole
        assert tree.inner("a/b").files[0].path == "a/b/c.py"

    def test_of_many_files_only_open_folders_are_whole(self):
        paths = [f"a/{n}.py" for n in range(MANY)]
        assert not tree_of(files(*paths)).inner("a").whole
        assert tree_of(files(*paths), "a/7.py").inner("a").whole

    def test_what_is_not_there_is_none(self):
        tree = tree_of(files("a/b.py"))
        assert tree.inner("a/b.py") is None
        assert tree.inner("b/c") is None


@pytest.mark.parametrize("place", ["", "code/", "files/README.md", "parts/files/"])
def test_a_page_holds_no_closed_folder_of_many_files(read, place):
    page = read(place)
    assert 'id="folder:src"' in page
    assert "file7.py" not in page
    assert "folders/src" in page
    opened = read(f"{place}?open=src/part0")
    assert "file7.py" in opened
    assert "file27.py" not in opened


def test_a_page_reveals_the_file_that_it_shows(read):
    for place in ("files", "code"):
        page = read(f"{place}/src/part1/file27.py")
        assert "src/part1/file28.py" in page
        assert "src/part2/file40.py" not in page


@pytest.mark.parametrize(("for_code", "links"), [("", "/files/src/"), ("?code", "/code/src/")])
def test_a_folder_is_fetched_with_links_to_where_its_tree_leads(read, for_code, links):
    assert "folders/src/part3" in read(f"folders/src{for_code}")
    part = read(f"folders/src/part3{for_code}")
    assert f"{links}part3/file60.py" in part
    assert "file80.py" not in part


def test_a_search_finds_what_is_in_closed_folders(read):
    found = read("code/?q=file198")
    assert "/code/src/part9/file198.py" in found


def test_only_the_owner_and_staff_fetch_a_folder(browser_as, owner, staff, stranger, large):
    address = f"/projects/{large.pk}/folders/src"
    statuses = [browser_as(one).get(address).status_code for one in (owner, staff, stranger, None)]
    assert statuses == [200, 200, 404, 302]


@pytest.mark.parametrize("path", ["nope", "src/part0/file1.py", "sr", "src/", "a%00b"])
def test_a_folder_that_is_not_there_is_not_found(as_owner, large, path):
    assert as_owner.get(f"/projects/{large.pk}/folders/{path}").status_code == 404
