"""Words the reader knows by kind: verbs, adjectives, containers, people, what stays a word."""

from __future__ import annotations

import re


def words(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


# What ends as an adverb does and names a thing.
IN_LY = words("reply family supply assembly anomaly")

# Words that stand before a noun and say nothing of what it is.
PLAIN = words(
    """
    hr a an the my our your their his her its this that these those each every all any some many
    several various different multiple new own existing current previous prior other another
    older newer specific certain particular personal simple basic full complete whole entire
    detailed general
    daily weekly monthly yearly annual regular recent latest old upcoming past future next last
    first second third one two three more most few fewer such same similar related relevant
    necessary available possible important useful main primary secondary additional extra custom
    customised customized customizable online digital virtual user-friendly friendly easy quick
    fast good best better interesting favourite favorite popular local small large big great
    free premium private public active inactive open closed completed finished pending enrolled
    registered added scheduled stored selected submitted missing incorrect corresponding
    appropriate comprehensive intuitive responsive modern clean minimalist minimalistic advanced
    internal external basic both no not only just also too very so up-to-date agreed-upon
    low ur others individual immediate unique historical automatic automatically manual manually
    quickly easily
    immediately directly together again never always often once later earlier currently
    actually really simply visible single double final initial total overall
    trending breaking featured top-rated
    incoming outgoing
    outstanding overdue
    newest oldest highest lowest biggest largest smallest longest shortest cheapest nearest closest
    fastest hottest worst leading winning
    """
)

# "a list of cards", "card information": the thing is the card.
CONTAINERS = words(
    """
    information info data detail list listing record set collection number amount kind type sort
    variety range history overview summary entry content name title description catalog catalogue
    database archive directory inventory library log item copy series status state
    version page section profile map calendar
    """
)
# Those of them that are things when they stand alone.
ALONE = words("item record entry profile log library inventory listing section")
# What sorts other things (each has one), what marks them (each has several), and what gathers
# things that others of its kind gather too.
CLASSIFIERS = words(
    """
    category genre department folder brand cuisine position role type section topic subcategory
    """
)
LABELS = words("tag label skill keyword amenity allergen interest hobby")
COLLECTIONS = words(
    """
    list order cart basket wishlist playlist watchlist collection bundle menu favourite shortlist
    """
)

# What is a thing only with a word that says which: "consent form".
SOFT = words(
    """
    part piece form report request profile file chart card-set result decision service session
    application table link option history letter
    """
)
# What is said by its whole name where there is one: "order items" and "items" are order items.
GENERIC = SOFT - {"form", "session"} | words("item line entry record movement request log")
# "product search function": what remains without these words is what it is about.
FACILITIES = words(
    """
    feature features functionality functionalities function functions capability capabilities
    module modules tool tools option options interface wizard area center centre panel component
    """
)
# Several of these are places: "recycling centers".
CENTRES = words("centers centres facilities stations")
# What is a thing of its own where it is handed in: "submit an application".
HANDED_IN = words("application request")
# What is a thing only in the plural, and what is done with it then: reports that people write,
# programs that they apply for.
_TAKEN = words("reserve book manage add assign seat")
_DEFINED = words("add create edit define manage maintain publish post upload organise organize")
SEVERAL = {
    **dict.fromkeys(words("table session station slot option machine link level"), _TAKEN),
    **dict.fromkeys(
        words("theme menu performance version showcase process procedure standard market"),
        _DEFINED,
    ),
    "report": words("create write submit file"),
    "address": words("store save manage add"),
    "device": words("add switch control register connect pair"),
    "section": words("assign manage create add"),
    "problem": words("report submit log record"),
    "program": words("apply join offer enroll enrol browse manage view"),
    "tool": words("lend borrow rent share check lend-out"),
    "experience": words("share display add post publish write record"),
}
GATHERING = words("cart basket favorite favourite wishlist watchlist")
# What things are put into, in the plural: "organise photos into albums".
GATHERED_IN = words("album folder board deck notebook playlist collection shelf shortlist")
# What has no rows where its rows are these.
HOLDING = {
    "blog": words("post article story"),
    "forum": words("post thread topic discussion"),
    "gallery": words("photo picture image artwork"),
    "store": words("product"),
    "shop": words("product"),
    "crm": words("company contact deal lead customer"),
    "wiki": words("page article"),
}
# Two words for one thing, where a text has both: the first is less exact.
TWINS = {
    "booking": ("appointment", "reservation"),
    "hotel booking": ("reservation",),
    "listing": ("property", "house", "apartment", "room", "job", "car", "item", "product"),
    "animal": ("pet",),
    "child": ("student", "pupil"),
    "client": ("customer",),
    "favorite": ("favourite",),
    "collection": ("favorite", "favourite"),
    "news": ("article",),
    "concert": ("event",),
    "conference": ("event",),
    "stay": ("booking",),
    "car": ("vehicle",),
    "home": ("property", "house"),
    "house": ("property",),
    "rental": ("reservation",),
    "viewing appointment": ("viewing",),
    "job opening": ("job",),
    "job listing": ("job",),
    "ticket sale": ("ticket",),
    "menu item": ("dish", "meal", "food", "product", "pizza", "cake"),
    "job posting": ("job",),
    "support ticket": ("ticket", "support request"),
    "job post": ("job",),
    "ad": ("advertisement",),
    "advert": ("advertisement",),
}
GROUPS = words("group club team crew community league circle society")
# Meetings are with somebody.
MEETINGS = words("appointment meeting booking reservation session interview call visit lesson")

# "card management": the thing is the card, and it is kept; "card display": it is there.
MAKING = words(
    """
    management tracking tracker manager registration creation recording administration editing
    organiser organizer crud planner scheduler planning logging submission posting publishing
    scheduling handling modification catalogue catalog cataloguing maintenance publication
    generation issuance placement register registry builder
    """
)
# Several of these are persons: product managers.
SEVERAL_PERSONS = words("managers organizers organisers planners")
SHOWING = words(
    """
    display browsing viewing search searching selection inquiry enquiry query showcase sharing
    comparison introduction identification verification
    retrieval listing monitoring analysis statistics filtering
    checkout cancellation confirmation allocation disposal renewal
    """
)

# What is shown of a thing, and which of these tell of rows that are kept; what sites have anyway.
RECORDS = words("record records information details")
SHOWN_OF = RECORDS | words(
    """
    info data detail list listing section page catalog catalogue directory inventory database
    gallery
    """
)
OF_A_SITE = words(
    """
    contact about home landing company product-landing basic login profile account user pricing
    price faq team service feature testimonial hero background personal customer-service related
    additional category status navigation search checkout error main front single web game result
    """
)

# What no app keeps as rows, or what is made by the app itself.
NOT_THINGS = words(
    """
    monday tuesday wednesday thursday friday saturday sunday weekday weekend
    page app application website site web webpage platform system tool software program interface
    ui ux design layout theme mode style styling colour color background component element button
    form field menu link url screen view dashboard feature functionality function capability
    option operation ability way manner time day week month year hour minute second date moment
    user-friendliness experience search filter sort sorting order-by pagination notification
    reminder alert email mail sms pdf csv html json xml excel spreadsheet file chart graph
    visualization visualisation statistic stat statistics analytics report reporting progress
    trend insight setting preference password username login logout sign-in sign-up signin signup
    session authentication authorization auth access permission security privacy data database
    backend frontend api server internet browser device mobile phone desktop computer internet
    case example thing stuff something anything everything someone somebody anyone everyone other
    order-management need requirement request-handling purpose goal-setting reason benefit problem
    question-mark answer-mark help support assistance service-quality work job-done fact
    place side end start beginning top bottom middle line row column table grid card-layout
    logo icon hero headline tagline cta testimonial-bar footer header navigation nav navbar
    sidebar banner slider carousel section placeholder content copy text word letter name number
    id identifier code detail information info status state type kind list history record
    anymore everyday faster soon near back up
    approval advantage interest communication interaction collaboration engagement understanding
    decision change update addition removal usage use management process processing procedure
    workflow method approach technology standard guideline language color-scheme scheme contrast
    accessibility performance speed quality efficiency effectiveness productivity convenience
    people person everyone world life peace mind hand eye control freedom environment situation
    condition criterion basis level degree rate average total sum percentage result-set outcome
    mini-program homepage center centre audience visitor community-feeling size format version
    keyword parameter location-based timezone turn lot bit clutter idea today tomorrow yesterday
    one it them they me you us i amount variety range set part addition order-number
    crud create edit delete update read list browse add remove
    bookstore webshop portal marketplace storefront hub network browser-based checkout
    completion origin circulation path authenticity health nutrition relationship leaderboard
    ranking
    participation consistency transparency accuracy knowledge interest operation market industry
    generator picker tester simulator converter calculator timer stopwatch previewer formatter
    availability identification verification validation inventory-management collection-history
    finder overview life-cycle streak rest company-wide sake inquiry-form arithmetic
    adoption inbound outbound
    proof intranet extranet crm erp cms wiki
    euro dollar pound cent percent split piece yellow red blue green black white grey gray
    orange purple pink brown bigger
    """
)

# What an app shows of its rows, by the last word: "a calendar view", "PDF export", "streaks".
VIEWS = words("calendar view streaks stats statistics charts export exports repetition mode")
# What a page of words is made of, by the last word in the singular.
PARTS_OF_PAGES = words(
    """
    pricing faq faqs testimonial hero feature about contact team service gallery newsletter form
    benefit footer header cta banner
    """
)

# What a thing has and is not.
ATTRIBUTES = words(
    """
    address email url quantity amount birthday deadline age gender phone fax zip postcode username
    password price cost date time name title description number code track bit lot sake count bio
    """
)
# What else things have rather than are: names of fields by their last word.
WHAT_THINGS_HAVE = words(
    """
    author genre category brand model make colour color size unit location isbn sku barcode rating
    note tag description summary difficulty duration calorie weight height width length set rep
    repetition mileage vin plate manufacturer expiry priority phone website salary department role
    birthday allergy diagnosis dosage speciality specialty notes content body text comment reason
    year month day venue place city country state region street district deadline capacity stock
    quantity level grade score point status stage type kind format language duration distance
    humidity temperature wind pressure speed condition area bedroom bathroom room rent deposit
    participant copy servings serving ingredient instruction method step picture photo image cover
    logo avatar link subject topic headline biography bio occupation position title nickname
    username surname company street postcode balance currency method vendor payee merchant tax
    discount total subtotal fee rate budget hour minute kilometre km mile litre liter gallon gram
    kilogram calories volume frequency interval reminder goal target result outcome symptom mood
    severity probability impact version release platform os ip hostname serial number warranty
    supplier customer client owner sender recipient organiser organizer host assignee reporter
    assigned direction origin destination departure arrival seat gate question answer option
    qualification experience skill education headcount nationality gender sex breed species
    microchip vaccination material price cost amount value plan membership email address
    """
)
# Nouns that end like adjectives; others of these endings are none.
NOUNS_LIKE_ADJECTIVES = words(
    """
    animal goal meal journal deal hospital festival rental proposal material approval portal
    referral tutorial manual trial medal signal terminal capital archive objective table cable
    vegetable vehicle individual professional arrival interval mineral musical novel original
    potential principal rival withdrawal renewal removal disposal appraisal denial burial funeral
    crystal petal pedal sandal metal music picnic clinic comic fabric topic critic graphic mechanic
    medic traffic logic panic detective executive initiative alternative narrative relative native
    representative incentive collective motive olive variable deliverable consumable valuable
    collectible dictionary diary library salary glossary secretary beneficiary itinerary
    dispensary documentary anniversary summary primary feed seed bed shed breed weed need speed
    rehearsal recital apiary aviary bursary granary infirmary estuary obituary notary dignitary
    mosaic relic attic beehive drive stable timetable turntable sled thoroughbred hundred radish
    parish varnish cereal canal hymnal credential arsenal corral mural carnival wearable
    receivable payable appeal
    """
)
_ADJECTIVE = re.compile(r".{2,}(?:al|ous|ive|ful|able|ible|less|ary|ic|ish|ed)$")

# Who signs in, and is no entity; the next are one where the words keep them or say what they have.
PEOPLE = words("user account admin administrator login superuser moderator developer people")
PERHAPS_PEOPLE = words("visitor guest owner member person participant reader viewer")

PREPOSITIONS = words(
    """
    of for in on at to from with by per about into onto through across between among within
    without via under over against during after before since until towards around regarding
    based upon including like as than using involving concerning affecting along alongside
    """
)
# Those that say whose a thing is.
BELONGING = words(
    "of for in to on per from about at under against along involving concerning affecting"
)
STOPS = PREPOSITIONS | words(
    """
        and or but nor so if when while where which who whom whose that because then than though
        although whether how what why i we you they he she it me us them himself themselves
        itself is are was were be been being am has have had do does did can could should shall
        will would may might must not cannot can't don't won't isn't aren't there here able etc
        e.g i.e please also only even just ever anymore everyday faster soon back up down near away
        everybody nobody anybody somebody everyone anyone someone out off
        myself yourself ourselves together made given shown taken seen done gone known held left
        sent paid bought sold written worn set put been begun chosen found kept lost meant played
        now either neither taught led lent driven drawn sung brought caught ridden
        sure aware long short wrong right immediately automatically correctly
        """
)
PRONOUNS = words("i we you they he she it users user who that which")
MODALS = words("to can could should shall will would may might must can't cannot please")

PERSONS = words(
    """
    patient doctor nurse student teacher parent child pupil customer client employee staff worker
    manager member guest visitor tenant landlord owner driver passenger agent broker seller buyer
    vendor supplier trainer coach player volunteer donor candidate applicant recruiter employer
    author writer artist musician speaker organizer organiser attendee participant camper counselor
    instructor tutor learner librarian mechanic technician chef cook waiter resident citizen
    provider contractor freelancer lawyer accountant investor veterinarian vet physician
    receptionist secretary barber stylist hairdresser cleaner dentist singer carer caregiver
    babysitter photographer backer creator voter researcher sponsor dispatcher courier dietitian
    dietician beneficiary baker gardener landlady grower breeder examiner climber runner dancer
    pilot nanny plumber reader electrician carpenter host spectator therapist person friend contact
    lead judge referee captain chairman estimator reviewer collector marketer translator barista
    supervisor registrar professor designer engineer scientist analyst operator inspector auditor
    consultant mentor mentee farmer shopper traveler traveller tourist rider renter lender borrower
    tester pharmacist officer clerk cashier streamer gamer blogger journalist producer couple
    salesperson trader fan jury editor reporter subscriber neighbor neighbour juror colleague
    roommate sitter listener subcontractor coordinator homeowner beekeeper diner curator conservator
    educator patron walker warden ranger angler boater hiker cyclist knitter quilter skater surfer
    diver sailor skipper pensioner cadet apprentice intern trainee delegate congregant parishioner
    worshipper caretaker janitor handler groomer trustee steward usher lifeguard paramedic
    firefighter veteran midwife hygienist optician surveyor claimant adjuster underwriter
    policyholder contestant competitor entrant performer actor actress drummer composer conductor
    choreographer painter sculptor potter weaver crafter tailor seamstress jeweller florist butcher
    grocer brewer winemaker bartender sommelier caterer forager hunter developer programmer
    contributor maintainer influencer podcaster storyteller activist campaigner councillor
    ambassador adopter fosterer archivist geologist biologist botanist historian genealogist
    hobbyist enthusiast expat refugee commuter pedestrian motorist biker gymnast swimmer rower
    archer fencer golfer boxer wrestler athlete guard installer treasurer fitter roofer bidder
    consignor hauler locksmith welder arborist exhibitor foreman
    """
)


# Who does something as persons do: "the company views responses".
# "The site shows recipes."
APPS = words("page app application website site platform portal homepage")
BODIES = words(
    "company organisation organization school shelter team board office club clinic side "
    "committee jury panel crew council"
)


def is_adjective(word: str) -> bool:
    """Tell whether a word ends as adjectives and participles do, and is not known as a noun."""
    return word not in NOUNS_LIKE_ADJECTIVES and _ADJECTIVE.match(word) is not None


# What describes the things of an app, and is none of them.
DESIGNS = words("model schema domain structure hierarchy")
