"""Words that name values, and what deeds of each sound like."""

# ruff: noqa: E501 - a word list reads best unbroken

NAMES = frozenset(
    str.split("""
        accountability accuracy achievement adaptability agility ambition appreciation authenticity autonomy balance
        belonging bravery calm care cleanliness clarity collaboration commitment communication community compassion
        competence confidentiality consistency cooperation courage courtesy craft craftsmanship creativity curiosity
        customer decency dedication dependability detail determination development dignity diligence discipline
        discretion diversity drive efficiency empathy empowerment endurance enthusiasm equality equity ethics
        excellence fairness faith family feedback flexibility focus freedom friendliness friendship fun generosity
        gratitude growth hard-work harmony health helpfulness honesty honour honor hospitality humanity humility humor
        humour impact improvement inclusion inclusiveness independence initiative innovation inspiration integrity joy
        justice kindness knowledge leadership learning listening love loyalty mastery mentoring mentorship mindfulness
        openness optimism order ownership participation partnership passion patience performance persistence
        positivity pragmatism precision pride privacy professionalism progress punctuality purpose quality recognition
        reliability resilience respect respectfulness responsibility results safety security sharing simplicity
        sincerity solidarity speed stability stewardship support sustainability teaching team teamwork thoroughness
        tolerance tradition transparency trust trustworthiness truth understanding unity usefulness variety vision
        wellbeing well-being wellness wisdom work-life work-ethic
    """)
)
ADJECTIVES = {
    "honest": "honesty", "reliable": "reliability", "fair": "fairness", "respectful": "respect", "patient": "patience",
    "open": "openness", "transparent": "transparency", "creative": "creativity", "curious": "curiosity",
    "kind": "kindness", "responsible": "responsibility", "accountable": "accountability", "safe": "safety",
    "compassionate": "compassion", "precise": "precision", "accurate": "accuracy", "punctual": "punctuality",
    "loyal": "loyalty", "humble": "humility", "innovative": "innovation", "flexible": "flexibility",
    "sustainable": "sustainability", "collaborative": "collaboration", "empathetic": "empathy",
    "clean": "cleanliness", "friendly": "friendliness", "helpful": "helpfulness", "organised": "organisation",
    "polite": "politeness", "thorough": "thoroughness", "calm": "calmness", "careful": "care", "organized": "organization",
    "professional": "professionalism", "trustworthy": "trust", "generous": "generosity", "inclusive": "inclusion",
}  # fmt: skip
HINTS = {
    "accuracy": "check|twice|number|error|exact|precis", "precision": "check|twice|calibrat|exact|measur",
    "confidentiality": "lock|secret|salar|repeat|tell nobody|discuss|privat", "discretion": "repeat|gossip|privat|secret",
    "punctuality": "time|early|late|deadline|minutes", "reliability": "time|late|promise|deadline|call if",
    "honesty": "truth|honest|mistake|wrong|admit|price|tell|report|really", "integrity": "truth|mistake|wrong|honest|refus|admit",
    "fairness": "same|equal|everyone|turn|rotat", "respect": "hello|sir|madam|ask before|listen|shout|eye|interrupt",
    "safety": "check|test|stop|wear|vest|secure|door|cable", "patience": "wait|again|third time|slowly|calm",
    "empathy": "listen|feel|ask how|understand", "kindness": "offer|help|smile|water|ask how",
    "curiosity": "read|learn|ask why|new|try", "learning": "read|course|learn|new", "quality": "twice|check|test|taste",
    "cleanliness": "clean|wipe|wash|tidy", "creativity": "idea|new|invent|taste|try", "teamwork": "help|cover|colleague|share",
    "truth": "source|fact|check", "independence": "refus|gift|free", "trust": "parent|honest|promise|keep",
    "love": "kneel|hug|child", "courage": "first|danger|speak up|stand up", "dignity": "ask|knock|sit|home",
    "justice": "appeal|wrong|rights|decision", "discipline": "uniform|always|routine|every", "alertness": "round|watch|check|notice",
    "diligence": "read|last page|every|check", "loyalty": "client|stay|same day|stand by", "responsibility": "check|control|twice|own",
    "sustainability": "recycl|waste|reuse|energy", "hospitality": "greet|name|welcome|guest", "consistency": "every|always|each",
    "transparency": "publish|tell|status|open|red", "accountability": "blame|own|mistake", "calm": "softly|slowly|quiet|kneel",
    "organised": "list|tidy|calendar", "hard": "stay|until|weekend|late|done", "persistence": "call back|again|until",
    "innovation": "try|new|idea", "mentoring": "teach|graduate|apprentice|junior|new", "self-care": "lunch|break|rest|outside|home",
}  # fmt: skip
"""What deeds of a value sound like, for deeds told without its name."""
