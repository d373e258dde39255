"""Shapes of files, their history and their differences in the REST API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from generation.engines.merging import Region, Side
from generation.models import FileMerge
from generation.workspace.conflicts import Review
from generation.workspace.history import author_words
from generation.workspace.search import LONGEST_QUERY
from projects.models import ProjectFileVersion

LARGEST_VERSION = 2**31 - 1
TIMELINE_PAGE = 100


def _version(**options: Any) -> serializers.IntegerField:
    return serializers.IntegerField(min_value=1, max_value=LARGEST_VERSION, **options)


# --- In -----------------------------------------------------------------------------------------


class VersionQuerySerializer(serializers.Serializer[Any]):
    """Which version is wanted; without it the current one."""

    version = _version(required=False)


class RenameSerializer(serializers.Serializer[Any]):
    """A file at a version, and its new path."""

    path = serializers.CharField(trim_whitespace=False)
    to = serializers.CharField(trim_whitespace=False)
    version = _version()


class UploadSerializer(serializers.Serializer[Any]):
    """Files, and the folder they go to."""

    folder = serializers.CharField(required=False, default="", allow_blank=True)
    files = serializers.ListField(
        child=serializers.FileField(allow_empty_file=True), allow_empty=False
    )


class SearchQuerySerializer(serializers.Serializer[Any]):
    """What is sought, whatever its case."""

    q = serializers.CharField(max_length=LONGEST_QUERY)


class PathQuerySerializer(serializers.Serializer[Any]):
    """Which file is meant."""

    path = serializers.CharField(trim_whitespace=False)


class DiffQuerySerializer(PathQuerySerializer):
    """Which versions of a file are compared; 0 is the time before the first."""

    old = serializers.IntegerField(min_value=0, max_value=LARGEST_VERSION)
    new = serializers.IntegerField(min_value=0, max_value=LARGEST_VERSION)


class TimelineQuerySerializer(serializers.Serializer[Any]):
    """Which part of the history is wanted: `limit` entries that ended before a time."""

    before = serializers.DateTimeField(required=False)
    limit = serializers.IntegerField(min_value=1, max_value=TIMELINE_PAGE, default=50)


class RestoreSerializer(serializers.Serializer[Any]):
    """Either a file and its version, or a moment: the id of a job or an edit."""

    path = serializers.CharField(required=False, trim_whitespace=False)
    version = _version(required=False)
    moment = serializers.UUIDField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Accept exactly one of the two forms."""
        if set(attrs) not in ({"path", "version"}, {"moment"}):
            raise serializers.ValidationError("Send path and version, or moment.")
        return attrs


class SettleSerializer(serializers.Serializer[Any]):
    """The file's version that was looked at, and a choice for each hunk or the whole text."""

    version = _version(allow_null=True)
    choices = serializers.ListField(
        child=serializers.ChoiceField([side.value for side in Side]), required=False
    )
    text = serializers.CharField(required=False, allow_blank=True, trim_whitespace=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Accept exactly one of the two ways."""
        if ("choices" in attrs) == ("text" in attrs):
            raise serializers.ValidationError("Send choices or text.")
        return attrs


# --- Out ----------------------------------------------------------------------------------------


class MatchSerializer(serializers.Serializer[Any]):
    """A line that holds the words."""

    line = serializers.IntegerField(read_only=True)
    text = serializers.CharField(read_only=True)


class FoundSerializer(serializers.Serializer[Any]):
    """A file that holds the words in its name or in some lines."""

    path = serializers.CharField(read_only=True)
    named = serializers.BooleanField(read_only=True)
    matches = MatchSerializer(many=True, read_only=True)


class FaultSerializer(serializers.Serializer[Any]):
    """What is wrong with a line."""

    line = serializers.IntegerField(read_only=True)
    message = serializers.CharField(read_only=True)


class FileVersionSerializer(serializers.ModelSerializer[ProjectFileVersion]):
    """A version of a file without its text; `by` is a person's email or what made it."""

    by = serializers.SerializerMethodField()
    edit_id = serializers.UUIDField(read_only=True, allow_null=True)
    size = serializers.IntegerField(source="blob.size", default=None, read_only=True)
    renamed_from = serializers.SerializerMethodField()

    class Meta:
        model = ProjectFileVersion
        fields = (
            "path",
            "version",
            "author_kind",
            "by",
            "job_id",
            "edit_id",
            "deleted",
            "size",
            "renamed_from",
            "created_at",
        )
        read_only_fields = fields

    def get_by(self, version: ProjectFileVersion) -> str:
        """Return who made the version."""
        return author_words(version)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_renamed_from(self, version: ProjectFileVersion) -> str | None:
        """Return the path that the file had before, if this version renamed it."""
        parent = version.parent
        return parent.path if parent is not None and parent.path != version.path else None


class MomentSerializer(serializers.Serializer[Any]):
    """A job or an edit that changed files; `by` is a person's email, null for a job."""

    id = serializers.UUIDField(read_only=True)
    kind = serializers.CharField(read_only=True)
    summary = serializers.CharField(read_only=True)
    by = serializers.CharField(read_only=True, allow_null=True)
    at = serializers.DateTimeField(read_only=True)
    files = serializers.IntegerField(read_only=True)
    deleted = serializers.IntegerField(read_only=True)
    undoable = serializers.BooleanField(read_only=True)


class EditSerializer(serializers.Serializer[Any]):
    """What a restore or an undo has done."""

    id = serializers.UUIDField(read_only=True)
    action = serializers.CharField(read_only=True)
    summary = serializers.CharField(read_only=True)
    created_at = serializers.DateTimeField(read_only=True)


class PieceSerializer(serializers.Serializer[Any]):
    """A part of a line, and whether it differs."""

    text = serializers.CharField(read_only=True)
    changed = serializers.BooleanField(read_only=True)


class LineSerializer(serializers.Serializer[Any]):
    """A line in pieces; `ends` is what ends it."""

    number = serializers.IntegerField(read_only=True)
    pieces = PieceSerializer(many=True, read_only=True)
    ends = serializers.CharField(read_only=True)


class RowSerializer(serializers.Serializer[Any]):
    """A pair of lines: same, changed, added, removed, or a gap of skipped ones."""

    kind = serializers.CharField(read_only=True)
    left = LineSerializer(read_only=True, allow_null=True)
    right = LineSerializer(read_only=True, allow_null=True)
    skipped = serializers.IntegerField(read_only=True)


class DiffSerializer(serializers.Serializer[Any]):
    """What two versions differ in, as git has it and side by side."""

    path = serializers.CharField(read_only=True)
    old = serializers.IntegerField(read_only=True)
    new = serializers.IntegerField(read_only=True)
    unified = serializers.CharField(read_only=True)
    rows = RowSerializer(many=True, read_only=True)


class ConflictSerializer(serializers.ModelSerializer[FileMerge]):
    """A file that waits for a decision: what it is generated as, and where the person has it."""

    class Meta:
        model = FileMerge
        fields = ("id", "path", "place", "kind", "state", "version", "created_at")
        read_only_fields = fields


class HunkSerializer(serializers.Serializer[Any]):
    """Lines in conflict: as generated before, as the person has them, as generated now."""

    base = serializers.SerializerMethodField()
    ours = serializers.SerializerMethodField()
    theirs = serializers.SerializerMethodField()

    def get_base(self, hunk: Region) -> str:
        """Return the lines as they were generated before."""
        return "".join(hunk.base)

    def get_ours(self, hunk: Region) -> str:
        """Return the person's lines."""
        return "".join(hunk.ours)

    def get_theirs(self, hunk: Region) -> str:
        """Return the lines as they are generated now."""
        return "".join(hunk.theirs)


class ReviewSerializer(serializers.Serializer[Any]):
    """A conflict with its texts; `merged` has the person's side in each hunk.

    A text is null where that side has no file; `version` is what settling must name.
    """

    id = serializers.UUIDField(source="row.id", read_only=True)
    path = serializers.CharField(source="row.path", read_only=True)
    place = serializers.CharField(source="place.path", read_only=True)
    kind = serializers.CharField(source="row.kind", read_only=True)
    version = serializers.IntegerField(read_only=True, allow_null=True)
    base = serializers.CharField(source="place.base", read_only=True, allow_null=True)
    ours = serializers.CharField(read_only=True, allow_null=True)
    theirs = serializers.CharField(source="row.theirs", read_only=True, allow_null=True)
    merged = serializers.SerializerMethodField()
    hunks = HunkSerializer(many=True, read_only=True)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_merged(self, review: Review) -> str | None:
        """Return the merged text, the person's side in each hunk."""
        return review.text()
