"""Verbs the reader knows, by what they tell of the things they are done to."""

from __future__ import annotations

from generation.engines.builtin.understanding.vocabulary import words

# What people do to things that are kept.
KEEPING = words(
    """
    add create edit update modify delete remove manage maintain record store save keep track log
    organise organize catalog catalogue register enter collect write plan schedule insert
    administer handle archive publish post upload import define set assign input build make
    file raise lodge change configure customise customize categorise categorize group tag submit
    fill attach propose draft compose agree
    """
)

# What people do with things that are there.
LOOKING = words(
    """
    list view see show browse read search filter sort find display access check look download
    export print query compare select choose open monitor review follow like favourite favorite
    star bookmark share receive get send invite notify remind message contact accept approve
    reject confirm cancel suspend warn sign complete finish mark book reserve rent buy purchase
    order pay join leave enrol enroll attend apply rate comment vote upvote merge answer ask reply
    report request return borrow lend analyse analyze provide offer sell showcase introduce present
    promote connect support start stop copy move restore reset log verify track visualise visualize
    estimate play participate subscribe donate recommend evaluate score calculate generate
    place discuss collaborate feature exchange deliver ship hire recruit perform conduct initiate
    link consult pick arrange announce prescribe examine adopt nominate suggest
    refer vaccinate inquire obtain watch listen stream fill process grade chat respond bid trade
    unsubscribe renew transfer launch extend redeem unlock resolve refund replay host ban mute pin
    flag restock reorder reschedule dispute endorse withdraw deposit swap highlight preview react
    tip gift enquire earn
    produce drop control cite distribute decline lock exhibit translate allocate test cover
    inspect judge screen
    appoint charge issue award brew pack feed groom wash repair teach serve pause resume
    """
)

OTHER_VERBS = words(
    """
    be have do want need allow let help enable use go come give take put work know understand
    include contain consist require require ensure avoid improve lower reduce increase prepare
    call try implement develop design apply style click navigate visit learn teach become
    land belong require run serve hold bring begin grow attract synchronise sync boost match
    cast pledge streamline base identify populate paste scroll transform keep tick water
    adjust scan annotate appraise calibrate certify close compete describe diagnose embed escalate
    explain fetch fix gather greet install insure memorize mend mow observe onboard postpone
    proofread prune reassign refill refuel reimburse relocate reopen resell resign settle sow
    abandon absorb accelerate accommodate accompany accomplish accrue achieve acquire adapt
    advertise advise afford align alter amend anticipate append apologise appear arise arrive
    articulate ascertain aspire assemble assess assure attain authenticate authorise authorize
    automate await backdate bind blend broaden bypass carry celebrate cheer clarify classify
    coincide collate comfort commence communicate compensate compile complain comply compose
    compute conceal concentrate conclude condense condone confine conform congratulate conserve
    consider consolidate constitute construct consume contend continue contribute convene
    converse convert convey convince coordinate correspond cultivate debug decide declare decode
    decorate deduct deem defer deflect demonstrate denote deploy depict deprecate derive descend
    deserve designate detach detect determine devise dictate differ differentiate dig digitise
    digitize disable disappear discard disclose discontinue discourage discover dismantle
    dismiss dispatch dispense displace dispose disqualify disregard disseminate dissolve
    distinguish divert divide drag educate elect eliminate emphasise emphasize employ empower
    emulate encounter encourage endanger endure enforce engage enhance enlarge enlist enrich
    entail entertain entitle enumerate envision equip erase establish exceed exclude execute
    exempt exert exist expand expect expedite expire explore expose express extract facilitate
    familiarise finalise finalize flatten flip foresee forget forgive formulate foster fulfil
    fulfill gauge generalise govern harmonise heal hear hide hinder hurt illustrate imagine
    imitate immerse imply impose impress incorporate incur indicate induce infer inform inherit
    inhibit initialise innovate inspire instruct integrate intend intensify interact intercept
    interpret intervene invent invest investigate invoke irritate isolate iterate justify knit
    leverage liaise liberate liquidate locate maximise maximize mediate meditate meet migrate
    minimise minimize mitigate mobilise modernise monetise motivate multiply narrow negotiate
    neglect normalise nurture obey obligate occupy occur omit operate optimise optimize
    orchestrate orient originate outsource overcome oversee overwrite penalise perceive persist
    personalise personalize persuade possess practise praise predict prefer preserve presume
    prevent prioritise prioritize prepay proceed procure prohibit prolong propose protect prove
    provision punish pursue qualify quantify quarantine realise realize reapply reassure
    recalculate recall recharge reclaim recognise recognize reconcile reconnect reconstruct
    recover recycle redesign redirect redo refine reflect reform refresh refuse regain
    regenerate regulate rehearse reimagine reinforce relate relax relieve rely remain remember
    render rename reorganise repeat replace replenish replicate represent reproduce resemble
    reshape reside respect retain retake retire retrieve reunite reuse reveal revert revise
    revive revoke rewrite rinse rotate satisfy scatter seek sharpen shorten shout shrink shuffle
    sift simplify simulate sing snooze socialise solicit speak specialise specify stabilise
    standardise steer stimulate stir strengthen strive subtract succeed suffer suit summarise
    summarize supervise surround survive sustain symbolise synthesise systematise tell thank
    tighten tolerate transcribe transmit triage troubleshoot underline undergo undertake undo
    unify unite unlink unpublish uphold upsell urge utilise utilize validate vary violate wake
    wear weave widen wipe withhold moderate aggregate duplicate elaborate
    unload unpack vaccinate weigh wrap lose solve stand sit lie hang reference
    say admit agree disagree argue assume believe eat happen hope seem enjoy owe spend think
    throw gain pretend die marry bet split
    """
)

VERBS = KEEPING | LOOKING | OTHER_VERBS

# What is done, as a pattern: the forms that do not end in "ed", and those that do.
PARTICIPLES = (
    r"(?:written|made|done|given|taught|taken|led|held|sold|paid|run|sent|bought|driven|grown|drawn|sung|"
    r"brought|hung|lent|kept|built|caught|chosen|found|fed|flown|laid|left|met|put|read|shown|spent|"
    r"thrown|told|won|worn|\w{3,}ed)"
)

# Verbs that are nouns as well; the place in the sentence decides.
ALSO_NOUNS = words(
    """
    award record log plan schedule post group tag set change show display search filter list view
    check
    download export print query access book order rate comment vote answer reply report request
    return share message contact review favorite favourite like star bookmark star rent buy sign
    estimate play score design use need work help call visit run match base start stop copy move
    leave mark star offer support track feature purchase exchange import input upload remind
    place run hold file process plan trade promise grade stream watch chat bid
    transfer launch refund replay host gift swap deposit dispute preview tip pin flag
    control drop lock test cover judge screen draft bet scan split
    charge issue pack feed repair resume water stand raise lodge reference link
    """
)

# "Search books by genre" does not say that there are genres of books to choose from.
SIFTING = words("search filter sort find browse order look query")

# What people make is theirs.
MADE = words(
    """
    submit write create publish post list record upload send book request place borrow log report
    run teach lead host organise organize own drive perform play give issue prescribe hold arrange
    conduct open deliver repair clean offer sell design hand
    """
)

# What people do with things that there are several of.
TAKING = words("order buy purchase book reserve rent request borrow hire")

# Who takes part in something belongs to it.
TAKING_PART = words("join attend play")

# Whom one tells something, it does not belong to.
TELLING = words("report send show tell forward submit notify give")
