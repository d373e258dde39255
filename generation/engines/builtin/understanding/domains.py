"""Things of common domains and the fields they usually have, as a table for people to extend.

A line is `thing: field field …`. A field is `name` or `name:type`; a type is one of `text`, `int`,
`decimal`, `bool`, `date`, `when`, `email`, `url` or the choices `a|b|c`. `!` after a name makes the
field required, `*` unique. Words of a name are joined by `_`.
"""

from __future__ import annotations

from projects.spec.models import FieldSpec, FieldType

_TABLE = """
# shops and trade
supplier: name! email:email phone address:text website:url
vendor: name! email:email phone address:text
brand: name!* website:url
cart: created_for placed:bool
discount: code!* percent:decimal starts_on:date ends_on:date
coupon: code!* percent:decimal ends_on:date active:bool
payment: amount!:decimal paid_on:date method:card|cash|transfer status:open|paid|refunded
refund: amount!:decimal reason:text refunded_on:date
delivery: address!:text delivered_on:date status:planned|on_the_way|delivered
shipment: tracking_number* carrier shipped_on:date status:packed|shipped|delivered
warehouse: name! address:text capacity:int
stock: quantity!:int location minimum:int
price: amount!:decimal valid_from:date
receipt: number!* total:decimal issued_on:date
quote: number!* amount:decimal valid_until:date status:open|accepted|declined
purchase: description! amount:decimal bought_on:date
sale: amount!:decimal sold_on:date
store: name! address:text phone opening_hours
wishlist: name! public:bool
rating: stars!:int comment:text
review: title content!:text rating:int
# learning
teacher: name! email:email* phone subject
lesson: title! content:text starts_at:when duration_minutes:int
class: name! room capacity:int
classroom: name! building capacity:int
subject: name!* description:text
exam: title! held_on:date duration_minutes:int
assignment: title! description:text due_date:date
homework: title! description:text due_date:date done:bool
grade: value!:decimal comment:text given_on:date
quiz: title! description:text published:bool
question: title! content:text
answer: content!:text accepted:bool
enrolment: enrolled_on:date status:active|completed|cancelled
attendance: attended_on!:date present:bool notes:text
certificate: title! issued_on:date number*
curriculum: title! description:text
semester: name! starts_on:date ends_on:date
timetable: name! valid_from:date
# people and organisations
member: name! email:email* phone joined_on:date
team: name! description:text
department: name!* description:text
company: name! website:url phone address:text
organisation: name! website:url email:email
role: name!* description:text
position: title! description:text
skill: name!* level:beginner|advanced|expert
profile: name! headline biography:text website:url
candidate: name! email:email phone status:new|interview|hired|rejected
job: title! description:text location salary:decimal open:bool
job listing: title! company location description:text salary:decimal
application: cover_letter:text applied_on:date status:new|accepted|rejected
interview: held_at:when interviewer notes:text
shift: starts_at!:when ends_at:when
leave: starts_on!:date ends_on!:date reason status:requested|approved|refused
lead: name! email:email phone status:new|contacted|won|lost
deal: title! amount:decimal stage:open|won|lost closes_on:date
call: subject! called_at:when notes:text
campaign: name! starts_on:date ends_on:date budget:decimal
# events, travel and places
booking: starts_on!:date ends_on:date status:requested|confirmed|cancelled notes:text
reservation: reserved_for!:when people:int status:requested|confirmed|cancelled
room: name! capacity:int price:decimal
hotel: name! address:text stars:int website:url
flight: number! departs_at:when arrives_at:when price:decimal
trip: title! starts_on:date ends_on:date destination
destination: name! country description:text
tour: title! description:text price:decimal duration_days:int
venue: name! address:text capacity:int
ticket: number!* price:decimal status:open|sold|used
session: title! starts_at:when ends_at:when
speaker: name! biography:text website:url
activity: title! description:text starts_at:when location
schedule: title! starts_at:when ends_at:when
facility: name! location capacity:int
group: name! description:text
car: make! model year:int plate* price_per_day:decimal
vehicle: make! model year:int plate*
driver: name! phone licence_number*
rental: starts_on!:date ends_on!:date total:decimal
property: title! address:text price:decimal bedrooms:int area:decimal
apartment: title! address:text rent:decimal rooms:int
tenant: name! email:email phone
contract: title! starts_on:date ends_on:date
# health, sport and home
patient: name! born_on:date phone email:email
doctor: name! speciality email:email phone
appointment: starts_at!:when reason status:requested|confirmed|done|cancelled
prescription: medicine! dosage prescribed_on:date
medicine: name! dosage
vaccination: vaccine! given_on:date
workout: title! done_on:date duration_minutes:int notes:text
exercise: name! sets:int repetitions:int weight:decimal
meal: name! eaten_at:when calories:int
food: name! calories:int
ingredient: name!* quantity unit
weight: measured_on!:date kilograms:decimal
mood: recorded_on!:date rating:int notes:text
symptom: name! severity:int noticed_on:date
pet: name! species breed born_on:date
animal: name! species age:int
camper: name! born_on:date allergies:text
parent: name! email:email phone
child: name! born_on:date
# money
budget: name! amount!:decimal starts_on:date
transaction: description! amount!:decimal happened_on:date kind:income|expense
income: description! amount!:decimal received_on:date
account: name! balance:decimal
subscription: plan! price:decimal renews_on:date active:bool
donation: amount!:decimal donor given_on:date
loan: borrower! borrowed_on!:date due_date:date returned:bool
stock report: title! content:text
# content and communities
story: title! content!:text published:bool
news: title! content!:text published_on:date
announcement: title! content!:text published_on:date
page: title! content:text
blog: name! description:text
forum: name! description:text
topic: title! content:text
thread: title! content:text
message: subject content!:text
feedback: subject content!:text
photo: title picture:url taken_on:date
album: title! released_on:date
video: title! address:url
document: title! address:url description:text
form: title! submitted_on:date notes:text
survey: title! description:text open:bool
response: content!:text
poll: question! open:bool
vote: value:int
song: title! artist duration_seconds:int
artist: name! biography:text website:url
playlist: name! public:bool
game: title! genre rating:int
podcast: title! address:url
gallery: title! description:text
portfolio: title! description:text
testimonial: author! content!:text
service: name! description:text price:decimal
faq: question! answer!:text
resource: title! address:url description:text
match: played_at:when home_score:int away_score:int
player: name! position number:int born_on:date
contest: title! description:text starts_on:date ends_on:date
favourite: added_on:date
folder: name!
# work
issue: title! description:text status:open|in_progress|closed priority:low|medium|high
bug: title! description:text status:open|fixed severity:low|medium|high
milestone: title! due_date:date reached:bool
sprint: name! starts_on:date ends_on:date
release: version!* released_on:date
asset: name! serial_number* location
device: name! serial_number* location
sensor: name! location
reading: value!:decimal measured_at:when
inspection: inspected_on!:date result:passed|failed notes:text
repair: description!:text repaired_on:date cost:decimal
maintenance: description!:text due_date:date done:bool
report: title! content:text
policy: title! content:text valid_from:date
rule: title! description:text
request: title! description:text status:open|approved|refused
feature: title! description:text
requirement: title! description:text
risk: title! probability:low|medium|high impact:low|medium|high
assessment: title! assessed_on:date score:int
supply: name! quantity:int unit
inventory: name! quantity:int location
"""
_KINDS = {
    "text": FieldType.TEXT,
    "int": FieldType.INTEGER,
    "decimal": FieldType.DECIMAL,
    "bool": FieldType.BOOLEAN,
    "date": FieldType.DATE,
    "when": FieldType.DATETIME,
    "email": FieldType.EMAIL,
    "url": FieldType.URL,
}


def domain_fields() -> dict[str, tuple[FieldSpec, ...]]:
    """Return the fields of every thing of the table, by its name."""
    lines = [line for line in _TABLE.splitlines() if line and not line.startswith("#")]
    rows = [line.split(":", maxsplit=1) for line in lines]
    return {
        name: tuple(_field(word, at) for at, word in enumerate(words.split()))
        for name, words in rows
    }


def _field(word: str, position: int) -> FieldSpec:
    name, _, kind = word.partition(":")
    plain = name.rstrip("!*")
    choices = tuple(choice.replace("_", " ") for choice in kind.split("|")) if "|" in kind else ()
    text = not kind
    return FieldSpec(
        name=plain,
        type=FieldType.ENUM if choices else _KINDS.get(kind, FieldType.STRING),
        required="!" in name or bool(choices),
        unique="*" in name,
        choices=choices,
        default=choices[0] if choices else "false" if kind == "bool" else None,
        max_length=200 if text and "!" in name else None,
        position=position,
        confidence=0.8,
    )
