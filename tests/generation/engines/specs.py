"""Specs that go to the limits of what a stack must write."""

from __future__ import annotations

from projects.spec.models import (
    AppSpec,
    BreakdownSpec,
    EntitySpec,
    FeatureSpec,
    FeatureState,
    FieldSpec,
    FieldType,
    Measure,
    PageKind,
    PageSpec,
    Period,
    RelationKind,
    RelationSpec,
    SectionSpec,
    ThemeSpec,
)


def every_type() -> tuple[FieldSpec, ...]:
    """Return a field of every type, needed and not, with and without limits."""
    return (
        FieldSpec(name="name", required=True, unique=True, max_length=80),
        FieldSpec(name="code", min_length=3, max_length=3, pattern="^[A-Z]{2}%$|^\\d{3}$"),
        FieldSpec(name="story", type=FieldType.TEXT, required=True),
        FieldSpec(name="stars", type=FieldType.INTEGER, required=True, minimum=1, maximum=5),
        FieldSpec(name="count", type=FieldType.INTEGER, default="7"),
        FieldSpec(name="price", type=FieldType.DECIMAL, required=True, minimum=0),
        FieldSpec(name="weight", type=FieldType.DECIMAL, default="1.5"),
        FieldSpec(name="open", type=FieldType.BOOLEAN, default="yes"),
        FieldSpec(name="date", type=FieldType.DATE, required=True),
        FieldSpec(name="starts at", type=FieldType.DATETIME),
        FieldSpec(name="email", type=FieldType.EMAIL, unique=True),
        FieldSpec(name="class", type=FieldType.URL),
        FieldSpec(
            name="state",
            type=FieldType.ENUM,
            choices=("in progress", "2nd try", 'said "done"', "très long"),
            default="2nd try",
        ),
        FieldSpec(name="size", type=FieldType.ENUM, choices=("S", "M"), required=True),
        FieldSpec(name="photo", type=FieldType.IMAGE),
        FieldSpec(name="photo content", type=FieldType.FILE),
    )


def _link(kind: RelationKind, name: str, target: str, *, required: bool = False) -> RelationSpec:
    return RelationSpec(kind=kind, name=name, target=target, required=required)


def torture(*, auth: bool = True) -> AppSpec:
    """Return an app with every field type, every relation and awkward names."""
    kinds = RelationKind
    return AppSpec(
        name='Torture "Test" {{ 7*7 }} <b>',
        description="Every type, every link.",
        auth=auth,
        dashboard=True,
        entities=(
            EntitySpec(
                name="Thing",
                plural="Things",
                fields=every_type(),
                relations=(
                    _link(kinds.MANY_TO_ONE, "shelf", "Class", required=True),
                    _link(kinds.MANY_TO_ONE, "second shelf", "Class"),
                    _link(kinds.MANY_TO_ONE, "parent", "Thing"),
                    _link(kinds.MANY_TO_MANY, "tags", "Tag"),
                    _link(kinds.MANY_TO_MANY, "friends", "Thing"),
                    _link(kinds.ONE_TO_ONE, "passport", "Passport"),
                ),
            ),
            EntitySpec(
                name="Class",
                plural="Classes",
                owned=False,
                fields=(FieldSpec(name="title", required=True),),
                relations=(_link(kinds.MANY_TO_ONE, "best thing", "Thing"),),
            ),
            EntitySpec(
                name="Tag",
                plural="Tags",
                owned=False,
                managed=auth,
                public=auth,
                fields=(FieldSpec(name="label", required=True, unique=True, max_length=30),),
            ),
            EntitySpec(
                name="Passport",
                plural="Passports",
                managed=auth,
                fields=(
                    FieldSpec(name="number", type=FieldType.INTEGER, required=True, unique=True),
                    FieldSpec(name="status", type=FieldType.ENUM, choices=("asked for", "issued")),
                ),
                relations=(_link(kinds.ONE_TO_MANY, "stamps", "Entry stamp of a border"),),
            ),
            EntitySpec(
                name="Entry stamp of a border",
                plural="Entry stamps of a border",
                relations=(_link(kinds.MANY_TO_ONE, "page", "Page", required=True),),
            ),
            EntitySpec(
                name="Page",
                plural="Pages",
                fields=(
                    FieldSpec(name="a name that is very long and goes on and on and on for ever"),
                ),
                relations=(
                    _link(kinds.MANY_TO_ONE, "stamp", "Entry stamp of a border", required=True),
                ),
            ),
            EntitySpec(
                name="Letter to us",
                plural="Letters to us",
                owned=False,
                inbox=auth,
                fields=every_type(),
                relations=(_link(kinds.MANY_TO_ONE, "about", "Tag"),),
            ),
        ),
    )


def asks_for_all(*, auth: bool = True) -> AppSpec:
    """Return the app of every type and link with features that ask for every capability."""
    rows = ("export csv", "filter", "toggle", "search", "sort", "pagination", "totals")
    feature = FeatureSpec(
        text="Everything", state=FeatureState.PLANNED, capabilities=("chart", *rows)
    )
    return torture(auth=auth).model_copy(update={"features": (feature,), "dashboard": False})


def odd() -> AppSpec:
    """Return an app whose fields have odd defaults, limits and names."""
    kind = FieldType
    fields = (
        FieldSpec(name="日本", required=True),
        FieldSpec(name="2nd name", max_length=1),
        FieldSpec(name="limit", min_length=100, max_length=150, required=True),
        FieldSpec(name="motto", default='say "hi"', max_length=3000),
        FieldSpec(name="started", type=kind.DATE, default="2024-02-29"),
        FieldSpec(name="ended", type=kind.DATE, default="never"),
        FieldSpec(name="seen at", type=kind.DATETIME, default="2024-02-29T10:30"),
        FieldSpec(name="left at", type=kind.DATETIME, default="soon"),
        FieldSpec(name="day", type=kind.DATE, required=True, unique=True),
        FieldSpec(name="moment", type=kind.DATETIME, unique=True),
        FieldSpec(name="kind", type=kind.ENUM),
        FieldSpec(name="grade", type=kind.ENUM, choices=("-", "+", "only words"), default="none"),
        FieldSpec(name="sole", type=kind.ENUM, choices=("one",), unique=True),
        FieldSpec(name="depth", type=kind.INTEGER, minimum=-20, maximum=-10, default="many"),
        FieldSpec(name="fixed", type=kind.INTEGER, minimum=4, maximum=4),
        FieldSpec(name="rate", type=kind.DECIMAL, maximum=3, default="a lot"),
        FieldSpec(name="sum", type=kind.DECIMAL, default="NaN"),
        FieldSpec(name="agreed", type=kind.BOOLEAN, required=True, unique=True),
    )
    return AppSpec(
        name="Odd",
        description="Odd defaults.",
        entities=(
            EntitySpec(name="日本", plural="日本", fields=fields),
            EntitySpec(name="2nd thing", plural="Sheep", fields=(FieldSpec(name="sort"),)),
            EntitySpec(name="Import", plural="Imports", fields=(FieldSpec(name="Name"),)),
            EntitySpec(name="User", plural="Users", fields=(FieldSpec(name="name"),)),
            EntitySpec(name="import", plural="imports", fields=(FieldSpec(name="name"),)),
        ),
    )


def brochure(*, auth: bool = False, dashboard: bool = False, things: bool = False) -> AppSpec:
    """Return an app of words: a first page with sections, and content pages with awkward paths."""
    section, kinds = SectionSpec, PageKind
    pages = (
        PageSpec(
            name="Home",
            path="/",
            kind=kinds.HOME,
            sections=(
                section(heading="Bread as it was", text="Baked at night, sold in the morning."),
                section(heading="What we bake", items=("Rye: three days", "Rolls - warm", "Cake")),
                section(heading="Where", text="Market square 1.\nOpen from six."),
                section(heading="", items=("https://example.org", "mail@example.org", LONG)),
            ),
        ),
        PageSpec(
            name="About",
            path="/about",
            kind=kinds.CONTENT,
            sections=(
                section(heading="About", text=f"{LONG}. {LONG}."),
                section(heading=LONG, items=(UNBROKEN,)),
            ),
        ),
        PageSpec(name="Contact us", path="/contact/:id", kind=kinds.CONTENT),
        PageSpec(name="Loaves", path="/loaves", kind=kinds.CONTENT),
        PageSpec(name=LONG, path="/api/login", kind=kinds.CONTENT),
    )
    loaf = EntitySpec(name="Loaf", plural="Loaves", fields=(FieldSpec(name="name", required=True),))
    return AppSpec(
        name="Old Bakery",
        description="A bakery.",
        auth=auth,
        dashboard=dashboard,
        pages=pages,
        entities=(loaf,) if things else (),
    )


LONG = "A kind of thing whose name is as long as a name may be and then goes on to the last letter"
UNBROKEN = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft"


def long_names(*, auth: bool = True) -> AppSpec:
    """Return an app whose names are as long as names may be."""
    kinds = RelationKind
    fields = tuple(
        FieldSpec(
            name=f"{kind.value} of {LONG}"[:100],
            type=kind,
            required=position % 2 == 0,
            unique=position % 3 == 0,
            choices=(LONG, UNBROKEN, "x") if kind is FieldType.ENUM else (),
            default=LONG if kind is FieldType.TEXT else None,
            position=position,
        )
        for position, kind in enumerate(FieldType)
    )
    return AppSpec(
        name=LONG,
        description=f"{LONG}. " * 8,
        auth=auth,
        dashboard=True,
        entities=(
            EntitySpec(
                name=LONG,
                plural=f"{LONG}s",
                fields=fields,
                relations=(
                    _link(kinds.MANY_TO_ONE, f"first {LONG}"[:100], UNBROKEN, required=True),
                    _link(kinds.MANY_TO_ONE, f"second {LONG}"[:100], UNBROKEN),
                    _link(kinds.MANY_TO_MANY, f"every {LONG}"[:100], UNBROKEN),
                    _link(kinds.MANY_TO_MANY, f"other {LONG}"[:100], LONG),
                    _link(kinds.ONE_TO_ONE, f"sole {LONG}"[:100], UNBROKEN),
                    _link(kinds.MANY_TO_ONE, f"own {LONG}"[:100], LONG),
                ),
            ),
            EntitySpec(
                name=UNBROKEN,
                plural=f"{UNBROKEN}en",
                owned=False,
                fields=(
                    FieldSpec(name=UNBROKEN, required=True),
                    FieldSpec(name="k" * 100, type=FieldType.INTEGER, minimum=5, maximum=9),
                ),
                relations=(_link(kinds.MANY_TO_ONE, "x" * 100, LONG),),
            ),
            *(
                EntitySpec(
                    name="E" * length,
                    plural="E" * length + "s",
                    fields=(FieldSpec(name="f" * length), FieldSpec(name="g" * (length - 1))),
                )
                for length in (28, 33, 37, 40)
            ),
        ),
    )


def every_link(*, auth: bool = True) -> AppSpec:
    """Return an app with every kind of link in every direction, and nothing but a name beside."""
    kinds = RelationKind
    links = (
        _link(kinds.MANY_TO_ONE, "author", "Person", required=True),
        _link(kinds.MANY_TO_ONE, "editor", "Person"),
        _link(kinds.MANY_TO_MANY, "readers", "Person"),
        _link(kinds.MANY_TO_MANY, "reviewers", "Person"),
        _link(kinds.ONE_TO_ONE, "cover", "Cover", required=True),
        _link(kinds.ONE_TO_ONE, "sequel", "Book"),
        _link(kinds.MANY_TO_ONE, "original", "Book", required=True),
        _link(kinds.MANY_TO_MANY, "similar", "Book"),
        _link(kinds.ONE_TO_MANY, "pages", "Leaf"),
        _link(kinds.ONE_TO_MANY, "parts", "Book"),
    )
    name = FieldSpec(name="name", required=True)
    return AppSpec(
        name="Every link",
        auth=auth,
        entities=(
            EntitySpec(name="Book", plural="Books", fields=(name,), relations=links),
            EntitySpec(
                name="Person",
                plural="People",
                fields=(name,),
                relations=(
                    _link(kinds.ONE_TO_ONE, "favourite", "Book"),
                    _link(kinds.MANY_TO_MANY, "books", "Book"),
                ),
            ),
            EntitySpec(name="Cover", plural="Covers", owned=False, fields=(name,)),
            EntitySpec(name="Leaf", plural="Leaves"),
        ),
    )


def reserved(*, auth: bool = True) -> AppSpec:
    """Return an app whose names mean something in Python, TypeScript, SQL or the templates."""
    kinds = RelationKind
    names = ("id", "metadata", "class", "type", "from", "import", "self", "order", "group", "user")
    fields = tuple(FieldSpec(name=name) for name in names)
    more = (
        FieldSpec(name="constructor", type=FieldType.TEXT),
        FieldSpec(name="limit", type=FieldType.INTEGER, required=True),
        FieldSpec(name="label", type=FieldType.BOOLEAN),
        FieldSpec(name="created at", type=FieldType.DATETIME),
        FieldSpec(name="owner", type=FieldType.ENUM, choices=("None", "True", "class")),
        FieldSpec(name="registry"),
        FieldSpec(name="__proto__"),
        FieldSpec(name="toString"),
    )
    words = (
        "Order",
        "User",
        "Class",
        "Type",
        "Import",
        "Series",
        "Función",
        "Größe",
        "設定",
        "Row",
    )
    entities = tuple(
        EntitySpec(
            name=word,
            plural=word if word in ("Series", "設定") else f"{word}s",
            owned=place % 2 == 0,
            fields=fields + more if place < 2 else fields[place : place + 3],
            relations=(
                _link(kinds.MANY_TO_ONE, "user", "User"),
                _link(kinds.MANY_TO_ONE, "class", words[(place + 1) % len(words)]),
                _link(kinds.MANY_TO_MANY, "values", words[(place + 3) % len(words)]),
            ),
        )
        for place, word in enumerate(words)
    )
    return AppSpec(name="Überraschung: été", auth=auth, dashboard=True, entities=entities)


def visited(*, things: bool = False) -> AppSpec:
    """Return a site with forms on its first page, its contact page and a page of their own."""
    kinds = PageKind
    name, message = FieldSpec(name="name"), FieldSpec(name="message", type=FieldType.TEXT)
    forms = (
        ("Newsletter sign-up", (FieldSpec(name="email", type=FieldType.EMAIL, unique=True),)),
        ("Message", (name, message, FieldSpec(name="answered", type=FieldType.BOOLEAN))),
        ("Quote request", ()),
    )
    inboxes = tuple(
        EntitySpec(name=one, plural=f"{one}s", owned=False, inbox=True, fields=fields)
        for one, fields in forms
    )
    loaf = EntitySpec(name="Loaf", plural="Loaves", fields=(name,))
    return AppSpec(
        name="Old Bakery",
        description="A bakery.",
        dashboard=things,
        entities=(*inboxes, loaf) if things else inboxes,
        pages=(
            PageSpec(name="Home", path="/", kind=kinds.HOME, entity="Newsletter sign-up"),
            PageSpec(name="Contact", path="/contact", kind=kinds.CONTENT, entity="Message"),
            PageSpec(name="About", path="/about", kind=kinds.CONTENT, entity="Loaf"),
        ),
    )


def shop(*, dashboard: bool = False) -> AppSpec:
    """Return a shop: visitors look round, people who sign in review and order, staff sells."""
    kinds, types = RelationKind, FieldType
    name = FieldSpec(name="name", required=True, unique=True)
    of_product = _link(kinds.MANY_TO_ONE, "product", "Product", required=True)
    open_to_all = {"owned": False, "public": True}
    features = FeatureSpec(
        text="Filter, export and switch",
        state=FeatureState.PLANNED,
        capabilities=("filter", "export csv", "toggle"),
    )
    return AppSpec(
        name="Corner shop",
        description="A shop in a quiet street.",
        dashboard=dashboard,
        features=(features,),
        entities=(
            EntitySpec(
                name="Product",
                plural="Products",
                managed=True,
                fields=(
                    name,
                    FieldSpec(name="price", type=types.DECIMAL, required=True, minimum=0),
                    FieldSpec(name="in stock", type=types.BOOLEAN),
                    FieldSpec(name="photo", type=types.IMAGE),
                ),
                relations=(
                    _link(kinds.MANY_TO_ONE, "category", "Category", required=True),
                    _link(kinds.MANY_TO_MANY, "tags", "Tag"),
                ),
                **open_to_all,
            ),
            EntitySpec(
                name="Category", plural="Categories", managed=True, fields=(name,), **open_to_all
            ),
            EntitySpec(name="Tag", plural="Tags", fields=(name,), **open_to_all),
            EntitySpec(
                name="Review",
                plural="Reviews",
                authored=True,
                fields=(
                    FieldSpec(
                        name="stars", type=types.INTEGER, required=True, minimum=1, maximum=5
                    ),
                    FieldSpec(name="comment", type=types.TEXT),
                    FieldSpec(name="recommended", type=types.BOOLEAN),
                    FieldSpec(name="receipt", type=types.FILE),
                ),
                relations=(
                    of_product,
                    _link(kinds.MANY_TO_ONE, "answer to", "Review"),
                ),
                **open_to_all,
            ),
            EntitySpec(
                name="Order",
                plural="Orders",
                managed=True,
                fields=(FieldSpec(name="day", type=types.DATE, required=True),),
                relations=(of_product, _link(kinds.MANY_TO_MANY, "extras", "Product")),
            ),
            EntitySpec(
                name="Wish",
                plural="Wishes",
                fields=(FieldSpec(name="note"),),
                relations=(of_product,),
            ),
        ),
    )


def shared_rows(*, public: bool = False) -> AppSpec:
    """People sign in, and nothing that is kept is theirs or leads to anything else."""
    fields = (FieldSpec(name="name", required=True),)
    part = EntitySpec(name="Part", plural="Parts", owned=False, public=public, fields=fields)
    return AppSpec(name="Parts", auth=True, entities=(part,))


def coloured() -> AppSpec:
    """Return the app with every type and every relation, in colours of its own.

    Visitors read its tags, who made a class changes it, lists of things have totals, and rows of
    every kind are counted group by group.
    """
    theme = ThemeSpec(background="#fffaf0", component="#000080")
    flags = {"Tag": {"public": True}, "Class": {"authored": True}}
    app = torture()
    totals = FeatureSpec(
        text="Totals", state=FeatureState.PLANNED, capabilities=("totals",), entities=("Thing",)
    )
    entities = tuple(one.model_copy(update=flags.get(one.name, {})) for one in app.entities)
    changes = {"theme": theme, "entities": entities, "features": (totals, _groups())}
    return app.model_copy(update=changes)


def _groups() -> FeatureSpec:
    """Return the wish for breakdowns by all that groups rows, of those of every kind of owner."""
    asked = (
        ("Thing", "shelf", Measure.AVERAGE, "stars"),
        ("Thing", "second shelf", Measure.TOTAL, "count"),
        ("Thing", "date", Measure.TOTAL, "price"),
        ("Thing", "starts at", Measure.AVERAGE, "weight"),
        ("Thing", "state", Measure.AVERAGE, "stars"),
        ("Class", "best thing", Measure.COUNT, None),
        ("Passport", "status", Measure.COUNT, None),
        ("Entry stamp of a border", "Passport", Measure.COUNT, None),
        ("Letter to us", "starts at", Measure.COUNT, None),
        ("Letter to us", "size", Measure.TOTAL, "count"),
        ("Letter to us", None, Measure.COUNT, None),
        ("Thing", None, Measure.TOTAL, "price"),
        ("Passport", None, Measure.COUNT, None),
    )
    dated = (
        ("Thing", "date", Period.YEAR, Measure.AVERAGE, "price"),
        ("Thing", "starts at", Period.WEEK, Measure.TOTAL, "count"),
        ("Letter to us", "starts at", Period.DAY, Measure.COUNT, None),
        ("Class", None, Period.WEEK, Measure.COUNT, None),
    )
    return FeatureSpec(
        text="Numbers of groups",
        state=FeatureState.PLANNED,
        capabilities=("breakdown",),
        breakdowns=(
            *(
                BreakdownSpec(entity=entity, by=by, measure=measure, of=number)
                for entity, by, measure, number in asked
            ),
            *(
                BreakdownSpec(entity=entity, by=by, per=per, measure=measure, of=number)
                for entity, by, per, measure, number in dated
            ),
        ),
    )


def dark_brochure() -> AppSpec:
    """Return the app of words alone, in dark colours of its own."""
    theme = ThemeSpec(background="#101418", component="#ffd43b", text="#f1f3f5")
    return brochure().model_copy(update={"theme": theme})
