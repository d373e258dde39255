"""What the design's pages call kinds of fields, links and pages, and who writes rows."""

from __future__ import annotations

from projects.spec.models import FieldType, PageKind, RelationKind

TYPE_WORDS = {
    FieldType.STRING: "Short text",
    FieldType.TEXT: "Long text",
    FieldType.INTEGER: "Whole number",
    FieldType.DECIMAL: "Decimal number",
    FieldType.BOOLEAN: "Yes or no",
    FieldType.DATE: "Date",
    FieldType.DATETIME: "Date and time",
    FieldType.EMAIL: "Email",
    FieldType.URL: "Web address",
    FieldType.ENUM: "Choice",
    FieldType.IMAGE: "Picture",
    FieldType.FILE: "File",
}
KIND_WORDS = {
    RelationKind.MANY_TO_ONE: "belongs to one",
    RelationKind.ONE_TO_MANY: "has many",
    RelationKind.ONE_TO_ONE: "has one of its own",
    RelationKind.MANY_TO_MANY: "has many, shared",
}
PAGE_WORDS = {
    PageKind.HOME: "Home",
    PageKind.DASHBOARD: "Dashboard",
    PageKind.LIST: "List",
    PageKind.DETAIL: "Detail",
    PageKind.FORM: "Form",
    PageKind.CONTENT: "Content",
}
WRITERS = {
    "maker": "Each person their own, which nobody else sees",
    "overseen": "Each person their own; staff sees and changes all of them",
    "followers": "Whoever sees what they belong to; who added one and staff change it",
    "everybody": "Everybody who signs in, and all see them",
    "author": "Everybody who signs in adds and sees them; who added one and staff change it",
    "staff": "Staff alone; everybody who signs in sees them",
    "anybody": "Anybody sends them, signed in or not; staff alone sees them",
}
