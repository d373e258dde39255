"""JDL, the JHipster Domain Language: entities, fields, enumerations and relationships as text."""

from projects.spec.jdl.reader import spec_from_jdl
from projects.spec.jdl.writer import jdl_of
from projects.spec.jdl_start import InvalidJdl, is_jdl

__all__ = ["InvalidJdl", "is_jdl", "jdl_of", "spec_from_jdl"]
