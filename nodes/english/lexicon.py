"""The words that the rules know: plain lists for any profession, expanded once at import."""

# ruff: noqa: E501 - a pattern or a word list reads best unbroken


def word_set(words: str) -> frozenset[str]:
    """The words of a line, however often each is named."""
    return frozenset(words.split())


STOP = word_set(
    "a an the this that these those some any each every all both no not nor and or but if then than so as at by for from in "
    "into of off on onto out over to up with within without about above after again against before below between during "
    "under until upon via per i me my mine myself we us our ours ourselves you your yours he him his she her hers it its "
    "they them their theirs who whom whose which what when where why how be am is are was were been being do does did "
    "doing done have has had having will would shall should can could may might must ought need dare ll ve re s t d m "
    "also just only very really too quite rather such own same other another else etc there here because while since "
    "through throughout across along among around toward towards once ever never always often sometimes still yet "
    "first second third fourth lastly firstly secondly thirdly finally one ones yes ok please thank thanks let lets able least most more less much many few several lot lots"
)

GENERIC = word_set(
    "ability aim ambition area aspect aspiration attention attitude awesome balance base basis belief benefit best better "
    "big bit bring business capability capable care career case certain challenge chance change clear colleague "
    "commitment committed company consistent contribution course-of-action culture current day deal dedicated dedication "
    "deep deeply desire determination determined difference different difficult direction dream drive eager effort "
    "effective effectively efficiency efficient energy engaged enthusiasm enthusiastic environment everybody everyone "
    "everything everywhere example excellence excellent excited exciting expectation experience extra extremely fact "
    "fantastic feel feeling few field focus forward friend fulfil full fully future general genuinely goal good great "
    "greater greatest growth habit happy hard heart help helpful high higher highest honest honestly hope idea impact "
    "importance important impression incredible inspiration inspired interest interested issue job journey joy key kind "
    "knowledge level life like little long love main matter mean meaningful mile mind mindset moment month motivated "
    "motivation move mission new next nice objective occasion opportunity organisation organization outcome overall part "
    "passion passionate path people perfect performance person personal personally place point positive possibility "
    "possible potential power pride proactive problem productive productivity professional professionally profoundly "
    "progress promise proud purpose quality quarter ready real reality reason remarkable respect responsibility result "
    "right role self sense serious service set shape short simple simply skill small smart something soon special spirit "
    "stakeholder standard step strategy strength strong stronger strongly success successful successfully super "
    "support sure surrounding synergy talent target task team teammate thing things thinking thought time today together "
    "tomorrow top total true truly trust truth type ultimate understanding unique useful utmost valuable value vision "
    "vital way week well whole wholeheartedly will wish wonderful word work worker workplace world worth year young "
    "absolutely amazing brilliant certainly completely constantly continuous continuously definitely directly easily "
    "entire entirely especially eventually exactly exceptional finally firmly frankly greatly hopefully incredibly indeed "
    "keen lasting literally maybe minded naturally obviously outstanding particularly perhaps possibly potentially "
    "powerful probably quickly regularly significantly sincerely sincere super-motivated tremendous tremendously "
    "ultimately usually view willing willingness working extraordinary superb terrific stellar world-class boundaries "
    "expectations heights horizon comfort zone player rockstar guru ninja paradigm holistic dynamic leverage innovative "
    "accountable ahead bar box boundary collaboration communication creativity curve customer-centric deadline department door doors "
    "eye fast-paced feedback foundation ground hand hands individual ingenuity initiative innovation integrity leadership "
    "legacy momentum needle openness outside ownership relationship roadblock solution synergies table talk teamwork "
    "transparency trust voice attitude-wise hundred rest reach end family parent extra-mile job-wise loyal loyalty humble "
    "humility gratitude grateful blessed humbled thrilled delighted inspiring motivating rewarding fulfilling curiosity curious "
    "growth-mindset win-win mile miles best-self go-getter self-starter self-motivated self-confidence willpower confidence "
    "courage discipline ideas insight insights obstacle obstacles adversity achievement accomplishment perspective "
    "exercise workout stuff everyday oneself human humanity community society planet others organisation-wide company-wide "
    "hardworking self-improvement mindful tirelessly relentlessly passionately diligently consistently enormous enormously "
    "huge massive massively major minor various numerous multiple countless single daily every-day"
)
"""Words that any sentence about work can hold: they tell nothing about this goal."""

VAGUE_VERBS = word_set(
    "improve enhance boost better strengthen grow develop learn help support assist contribute try strive aim aspire seek "
    "explore understand become be get do make keep stay remain feel think believe consider focus work continue start begin "
    "ensure drive embrace leverage optimise optimize maximise maximize engage involve participate excel thrive succeed "
    "flourish evolve transform advance progress push look go give bring value appreciate care love like enjoy hope wish "
    "want need know see show prioritise prioritize balance adapt inspire motivate empower align foster cultivate nurture "
    "handle manage deal change expand broaden deepen increase reduce decrease raise lower cut minimise minimize "
    "dedicate commit devote pursue shine aim bear treat act matter remember realise realize sharpen elevate uplift "
    "restart follow adopt exercise"
)
"""Verbs that name a wish or a direction; a number or a named object is needed before they say what is done."""

MEASURABLE_VERBS = word_set(
    "improve enhance boost strengthen grow increase reduce decrease raise lower cut expand minimise minimize maximise "
    "maximize optimise optimize develop advance change drive achieve keep maintain reach rise drop fall gain shorten"
)
"""Directions: with a measured change in the same clause they say what is done."""

CONCRETE_VERBS = word_set(
    "answer respond escort lift load unload pick dispatch cover count feed groom patrol "
    "polish prune scan sort stack sweep tailor trim wash weigh wire film forge frame fund mop mow "
    "accomplish achieve acquire administer advise analyse analyze apply arrange assemble assess attain attend audit "
    "author automate bake book brief build buy calculate call calibrate catalogue certify chair clean close coach code "
    "coordinate collect compile complete compose compute conduct configure consume convert cook create cycle "
    "debug decorate defend define deliver demonstrate deploy design document draft draw eat earn edit eliminate enrol enroll "
    "establish evaluate examine execute facilitate file finish fix forecast formulate generate graduate harvest "
    "hire host identify implement inspect install instruct integrate interview introduce inventory invoice issue jog "
    "land launch lead log lose maintain map master measure mediate meditate meet mentor merge migrate model moderate monitor "
    "negotiate obtain onboard open operate order organise organize oversee own pack paint pass perform pilot pitch plan plant "
    "practice practise prepare prescribe present process procure produce program programme prototype publish qualify "
    "read rebuild reconcile record recruit redesign refactor register rehearse release relocate renovate reopen repair "
    "replace report request research resolve restructure review revise rewrite roll run save schedule scope screen secure "
    "sell serve ship shadow sign speak specify staff standardise standardize stock streamline study submit summarise summarize "
    "supervise survey swim switch take teach test track train translate transfer treat triage tutor update upgrade validate verify "
    "visit volunteer walk weld win write rotate sew sing transition present promote reach represent set move hit limit "
    "check compare copy correct crosscheck delete download drive enter empty fetch fill fold glue grind heat inform iron label lay list "
    "mix mount note oil photograph pour press print proofread pump rank refill refuel remove renew reply reserve rinse sand saw seal "
    "search send sketch slice solder spray staple store tag tidy tie tighten trace tune type unpack upload vacuum varnish water wipe wrap "
    "cite sterilise sterilize disinfect defrost hoover shelve knit crochet chop peel roast brew knead sow dig transcribe bandage "
    "inject counsel diagnose notarise appraise insure reimburse shred sanitise sanitize stretch fast cap generate hold watch use consult ask invite contact email phone greet fundraise donate "
    "judge approve accept assign referee assume "
    "rehabilitate vaccinate immunise nurse dress discharge admit stabilise dispense insert suture catheterise resuscitate"
)
"""Verbs whose doing anybody could watch."""

IRREGULAR = {
    "built": "build", "bought": "buy", "drew": "draw", "drawn": "draw", "ate": "eat", "eaten": "eat", "led": "lead",
    "lost": "lose", "met": "meet", "ran": "run", "sold": "sell", "spoke": "speak", "taught": "teach", "took": "take",
    "taken": "take", "won": "win", "wrote": "write", "written": "write", "held": "hold", "became": "become",
    "got": "get", "made": "make", "gave": "give", "went": "go", "grew": "grow", "kept": "keep",
    "oversaw": "oversee", "rose": "rise", "began": "begin",
}  # fmt: skip

REACHED_VERBS = word_set(
    "complete finish launch publish pass win earn obtain ship deliver deploy release graduate qualify certify acquire "
    "accomplish achieve attain submit implement introduce open install secure establish migrate eliminate finalise "
    "finalize reopen replace land hire recruit build repair reach enrol enroll rebuild paint print translate sign book register assemble weld sew set clear draft digitise digitize renew restore "
    "refurbish renovate rewire rewrite repaint upgrade catalogue dismantle buy order hand quit memorise memorize organise organize arrange brew bake record rehearse restructure negotiate "
    "compose film interview visit relocate present prepare recertify re-certify requalify"
)
"""Verbs that end in a state anybody can check once their object is named."""

DELIVERABLES = word_set(
    "algorithm benchmark chatbot evaluation instruction model program programme prompt rubric scorecard "
    "accreditation accounts album analysis app application apprenticeship article assessment audit award bachelor badge "
    "bid blog blueprint book booklet briefing brochure budget calendar campaign case-study catalogue certificate certification "
    "charter checklist class clinic codebase concert contract conference course credential curriculum dashboard database "
    "demo degree diploma display document documentation draft drill ebook essay event exam examination exhibition "
    "feature festival forecast form framework garden guide guideline handbook handover hackathon homepage implementation "
    "index induction inspection integration intranet inventory kit lab launch leaflet lesson library licence license "
    "logbook magazine manual manuscript map master masterclass mba memo menu merger migration milestone mock-up mockup "
    "module mvp newsletter onboarding-plan pamphlet paper patent permit phd pilot pipeline plan playbook podcast "
    "policy portal portfolio poster presentation procedure process product production proposal protocol "
    "prototype publication qualification questionnaire recipe redesign refurbishment register registration rehearsal "
    "release relocation renovation report repository review roadmap rollout roll-out rota rulebook runbook "
    "sale schedule scheme script seminar session shop showcase simulation site sop spreadsheet statement "
    "store story study summary survey symposium syllabus system talk template test thesis tool toolkit tour "
    "tournament training trial tutorial upgrade video vlog wallboard warehouse-plan webinar website whitepaper wiki workbook "
    "workflow workshop yearbook storefront screenplay exhibit gallery database marathon race assignment dissertation "
    "internship placement residency fellowship promotion tender quotation listing deck slide component library api service-plan "
    "shift-plan approval clearance master's bachelor's doctorate cookbook care-plan risk-assessment logframe grant fundraiser stall collection recital performance-review"
)

GENERIC_DELIVERABLES = word_set(
    "algorithm benchmark chatbot evaluation instruction model program programme prompt rubric scorecard "
    "account accounts analysis app application budget calendar campaign class clinic codebase concert contract database display document "
    "documentation draft drill event feature form framework garden index inspection integration inventory kit lab library "
    "listing map master magazine menu module paper pipeline plan policy portal poster presentation procedure process product "
    "production proposal protocol register registration release repository review recipe rota schedule script session shop site slide "
    "statement store story study summary survey system talk template test tool tour training trial upgrade video website "
    "wiki workflow article book implementation newsletter race case service component collection sale assessment report class"
)
"""Deliverables only when made or finished: `the review process` alone is no result."""

POSITIONS = word_set(
    "adjudicator advocate appraiser arbiter arbitrator grader invigilator linesman magistrate marker moderator ombudsman prompter rater "
    "scorekeeper scorer timekeeper valuer "
    "assessor examiner evaluator referee umpire juror accountant administrator adviser advisor agent ambassador analyst anaesthetist apprentice architect artist assistant "
    "associate attorney auditor author baker banker barista bartender biologist bookkeeper broker builder buyer captain "
    "caregiver caretaker caseworker cashier champion chef chemist cleaner clerk clinician coach cofounder commander "
    "consultant controller cook coordinator co-ordinator copywriter counsellor counselor courier curator dba dentist deputy "
    "designer developer dietitian director dispatcher doctor draughtsman driver ecologist economist editor educator "
    "electrician engineer estimator executive expert facilitator farmer firefighter fitter florist foreman founder "
    "forester gardener geologist guard guide-dog-trainer hairdresser head headteacher horticulturist housekeeper hygienist "
    "inspector instructor intern interpreter investigator janitor journalist judge labourer lawyer lead leader lecturer "
    "librarian lifeguard machinist maintainer maker manager marketer marshal matron mechanic mediator mentor merchandiser "
    "midwife musician negotiator nurse nutritionist officer operator optician optometrist organiser owner paediatrician "
    "painter paralegal paramedic partner pharmacist photographer physician physicist physiotherapist pilot planner plumber "
    "podiatrist porter postdoc practitioner president principal producer professor programmer proofreader psychologist "
    "radiographer ranger realtor receptionist recruiter registrar rep representative researcher reviewer roofer sailor "
    "scientist secretary seller setter shopkeeper soldier solicitor specialist stylist sommelier steward strategist "
    "superintendent supervisor surgeon surveyor sysadmin teacher technician technologist teller tester therapist trader "
    "trainee trainer translator tutor underwriter vet veterinarian waiter waitress warden welder writer cto ceo cfo coo "
    "vp sre qa foreperson chair chairperson treasurer governor sergeant lieutenant inspector constable "
    "salesperson salesman saleswoman stagehand dramaturg choreographer animator illustrator "
    "actuary archivist butcher carer carpenter concierge conductor craftsman craftsperson craftswoman detective forewoman maitre sous-chef statistician"
)

AUDIENCES = word_set(
    "accounts apprentices attendees audience board branch businesses candidates children class clients cohort colleagues "
    "community committee consumers crew customers deck-crew department departments depot donors drivers employees family "
    "families faculty followers freshers graduates guests hires households interns joiners juniors kids kitchen "
    "leadership learners manager managers members mentees merchants newcomers office parents partners patients peers "
    "people personnel plant practice prospects pupils readers recruits residents school schools shift shoppers squad staff "
    "stakeholders starters store stores students subscribers suppliers supervisor team teams teammates tenants trainees unit "
    "users vendors viewers visitors volunteers ward wards warehouse workers youth division crews squads audience"
)

SENIORITY = word_set(
    "senior junior lead principal staff chief head deputy assistant associate vice executive charge ward shift team night "
    "day sales account product project people regional area district store key certified registered licensed general "
    "managing technical clinical new first second third-year primary secondary deputy interim acting"
)

VAGUE_DEGREES = word_set(
    "better more best faster stronger smarter happier healthier greater higher lower improved effective effectively "
    "efficient efficiently successful successfully good great excellent nice well actively consistently mindfully "
    "properly appropriate various things stuff everything something somehow better-rounded confident calmer kinder warmer wiser braver bolder nicer friendlier gentler fairer tidier "
    "consistent meaningful awesome amazing harder quicker deeper regularly"
)

VAGUE_AMOUNTS = word_set("some several few many lots numerous various multiple couple lot more less fewer enough")

STATES = frozenset(
    ("live", "complete", "finished", "operational", "gone", "closed", "in place", "in use", "in operation", "up and")
)
FIGURATIVE = word_set("partner leader champion ambassador guide mentor")
"""`A partner to the business` is no post."""
QUALIFYING = word_set("certify recertify re-certify graduate qualify requalify enrol enroll register")
"""They are complete without an object."""
TOWARDS = word_set("kind sort type towards toward closer")
"""`grow towards a principal role` arrives nowhere."""
TAKING_SEATS = word_set("hold win land secure earn obtain start begin")
SEATS = word_set("visa passport ticket place position seat spot post job training apprenticeship traineeship")
AFTER_OBJECT = word_set("and or by to in on at within for with from until before during")
QUALIFIED = frozenset(("accredited", "certified", "chartered", "licensed", "qualified", "registered"))
BECOMING = frozenset(
    ("be", "become", "advance", "progress", "move", "promote", "grow", "develop", "transition", "step", "upgrade")
)
MAKING = REACHED_VERBS | {
    "write", "build", "create", "design", "produce", "draft", "prepare", "develop", "establish", "run", "lead", "host",
    "attend", "author", "present", "publish", "organise", "organize", "hold", "compile", "set", "redesign", "document",
    "conduct", "update", "enrol", "enroll", "make", "get", "deliver", "open", "sign", "send", "print", "close", "film", "record", "give", "take", "sit", "retake",
}  # fmt: skip


def verb_forms(lemma: str) -> tuple[str, ...]:
    """The regular forms of an English verb: `plan` gives plan, plans, planning, planned."""
    if lemma.endswith("e"):
        return lemma, lemma + "s", lemma[:-1] + "ing", lemma + "d"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma, lemma[:-1] + "ies", lemma + "ing", lemma[:-1] + "ied"
    doubled = lemma + lemma[-1] if _doubles(lemma) else lemma
    plural = lemma + ("es" if lemma.endswith(("s", "x", "ch", "sh", "z", "o")) else "s")
    return lemma, plural, lemma + "ing", lemma + "ed", doubled + "ing", doubled + "ed"


def _doubles(lemma: str) -> bool:
    return len(lemma) > 2 and lemma[-1] not in "aeiouwxy" and lemma[-2] in "aeiou" and lemma[-3] not in "aeiou"


VERB_FORMS: dict[str, str] = (
    {
        form: lemma
        for lemma in sorted((VAGUE_VERBS | CONCRETE_VERBS | REACHED_VERBS) - {"be"})
        for form in verb_forms(lemma)
    }
    | IRREGULAR
    | {"be": "be", "being": "be"}
)
"""Every known verb form and its lemma."""


def singular(noun: str) -> str:
    """`certificates` gives `certificate`; words that aren't plural come back unchanged."""
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("sses", "shes", "ches", "xes")):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is", "'s")) and len(noun) > 3:
        return noun[:-1]
    return noun
