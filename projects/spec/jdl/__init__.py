"""JDL, the JHipster Domain Language: entities, fields, enumerations and relationships as text."""

from projects.spec.jdl.reader import InvalidJdl, is_jdl, spec_from_jdl
from projects.spec.jdl.writer import jdl_of

__all__ = ["InvalidJdl", "is_jdl", "jdl_of", "spec_from_jdl"]
