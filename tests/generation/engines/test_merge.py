"""Two creates on one file: nothing is lost, nothing is said twice."""

from __future__ import annotations

import ast

from generation.engines.merge import merge_files

USER = '''"""Models."""

from __future__ import annotations

from sqlalchemy import Column, Integer

from app.database import Base


class User(Base):
    """A person."""

    id = Column(Integer, primary_key=True)
'''
NOTE = '''"""Models."""

from sqlalchemy import Column, Integer, String

from app.database import Base


@decorated
class Note(Base):
    """A note."""

    id = Column(Integer, primary_key=True)
    title = Column(String)
'''


def test_both_classes_are_kept_and_imports_stand_once() -> None:
    merged = merge_files("models.py", USER, NOTE)
    names = [node.name for node in ast.parse(merged).body if isinstance(node, ast.ClassDef)]
    assert names == ["User", "Note"]
    assert merged.count("from app.database import Base") == 1
    assert merged.count("Integer\n") <= 2
    assert "from sqlalchemy import String" in merged
    assert "@decorated" in merged
    assert merged.count('"""Models."""') == 1


def test_what_is_said_again_is_not_repeated() -> None:
    assert merge_files("models.py", USER, USER) == USER
    merged = merge_files("models.py", USER, NOTE)
    assert merge_files("models.py", merged, NOTE) == merged


def test_future_imports_stay_first() -> None:
    merged = merge_files("models.py", NOTE, USER)
    compile(merged, "models.py", "exec")
    assert merged.count("from __future__") == 1


def test_an_empty_side_gives_the_other() -> None:
    assert merge_files("a.py", "", USER) == USER
    assert merge_files("a.py", USER, "\n") == USER


def test_other_text_is_joined_once() -> None:
    assert merge_files("a.css", "a {}\n", "b {}\n") == "a {}\n\nb {}\n"
    assert merge_files("a.css", "a {}\n", "a {}\n") == "a {}\n"


def test_python_that_cannot_be_read_is_joined() -> None:
    assert merge_files("a.py", "x = 1\n", "def (:\n") == "x = 1\n\ndef (:\n"
