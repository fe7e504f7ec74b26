"""Employees as data, written before the rules were tuned: what each one says in each phase, sloppily, as people do."""

from dataclasses import dataclass

from state.conversation import Profile
from state.phases import Phase


@dataclass(frozen=True, slots=True)
class Employee:
    """A profile, the messages of each phase in order, and sentences of their company's documents."""

    profile: Profile
    says: dict[Phase, tuple[str, ...]]
    documents: dict[str, str]
    """Passage text by document title."""


SARAH = Employee(
    Profile(name="Sarah Johnson", department="Engineering", position="Software Engineer", grade="L4"),
    {
        Phase.G4_FUTURE: (
            "I want to become a senior engineer and maybe start leading a small team. I'd like to work on more complex "
            "systems and mentor junior developers.",
            "I want to master distributed systems and microservices architecture. I'd like to lead a team of 3-4 "
            "developers and work on our payment processing platform.",
        ),
        Phase.G6_VALUES: (
            "I really value continuous learning, collaboration with my team, technical excellence, and making an impact "
            "through good code. Also work-life balance is important to me.",
        ),
        Phase.G8_ACTIONS: (
            "In the next 6 months I will:\n\n1. Complete AWS Solutions Architect certification\n2. Lead the payment "
            "gateway migration project\n3. Mentor 2 junior developers (Mike and Jenny)\n4. Present at our monthly tech "
            "talks about microservices\n5. Improve our deployment pipeline to reduce downtime\n6. Read 3 books on "
            "distributed systems",
        ),
    },
    {
        "Career Framework": "L4 to L5 progression requires technical certification in cloud or architecture. A senior "
        "engineer leads two or more significant projects and mentors at least two junior developers. Senior engineers "
        "master distributed systems and own a platform such as payment processing.",
        "Values and Culture": "We value innovation, collaboration, excellence, impact and respect. Continuous learning "
        "means that everyone keeps time for new technology each week. Technical excellence shows in code that the next "
        "person can read. Work-life balance lets us keep a sustainable pace.",
    },
)

NURSE = Employee(
    Profile(name="Amina Yusuf", department="Cardiology", position="Staff Nurse", grade="Band 5"),
    {
        Phase.G4_FUTURE: (
            "hi, so i think i would like to be a ward sister at some point, maybe on the cardiology ward where i work now",
            "maybe like 8 nurses on my shift. also i really want to bring falls on our ward down by 20%, its been bugging "
            "me for ages",
        ),
        Phase.G6_VALUES: (
            "compassion is the biggest one for me, then honesty and teamwork",
            "compassion - i sit down with frightened patients even when its busy. honesty means i tell families the truth "
            "about waiting times. for teamwork i help the new starters with their handovers",
        ),
        Phase.G8_ACTIONS: (
            "I'll do the ward leadership course and finish it by March, shadow sister Margaret for 2 shifts a month, and "
            "run a falls audit every week",
            "also want to train 3 healthcare assistants on the falls checklist by the end of May",
        ),
    },
    {
        "Nursing Career Pathway": "A ward sister leads the nurses of a shift and answers for the safety of the ward. "
        "Applicants for Band 6 complete the ward leadership course. Reducing patient falls is the first aim of "
        "cardiology this year.",
        "Our Values": "Compassion means that we take time to listen to frightened patients and their families. Honesty: "
        "we tell the truth, also about mistakes. Teamwork means that we help each other through every handover.",
    },
)

SALES_MANAGER = Employee(
    Profile(name="Tom Becker", department="Sales", position="Regional Sales Manager", grade="M2"),
    {
        Phase.G4_FUTURE: (
            "Honestly I see myself as head of sales for the northern region. I'd love to build up the partner channel "
            "because right now we only sell direct.",
            "We're at 4 million a year in my region now, I want to grow that to 6 million and sign 15 new partners.",
        ),
        Phase.G6_VALUES: (
            "Integrity, customer focus, and ownership I'd say. Also fun, we spend a lot of time together.",
            "Integrity: I never promise a delivery date that the plant can't keep. Customer focus - I visit each of my "
            "top ten accounts every quarter. Ownership means when a deal goes wrong i call the customer myself.",
        ),
        Phase.G8_ACTIONS: (
            "First of all I need to sign 4 new partners until June. Then I'd like to hire two account executives in the "
            "first quarter. I'm going to hold a pipeline review every Monday with Lisa and Omar and I want to finish the "
            "negotiation training with a certificate.",
        ),
    },
    {
        "Sales Playbook": "The partner channel is our main source of growth: every region signs new partners each year. "
        "A head of sales owns the revenue of the region and hires account executives.",
        "How We Work": "Integrity means that we promise only what the plant can deliver. Customer focus: we visit our "
        "top accounts every quarter. Ownership means that we call the customer ourselves when something goes wrong.",
    },
)

WAREHOUSE_LEAD = Employee(
    Profile(name="Pavel Novak", department="Logistics", position="Warehouse Team Lead", grade="G3"),
    {
        Phase.G4_FUTURE: (
            "shift manager",
            "I want to run the late shift in hall 2, its about 25 people. and get the picking errors down from 3% to 1%",
        ),
        Phase.G6_VALUES: (
            "safety first!! then reliability, fairness and respect",
            "safety: i stop the line when somebody is without vest. reliable means I'm always there 15 min before the "
            "shift. fair - i rotate the heavy jobs so everyone gets the same",
        ),
        Phase.G8_ACTIONS: (
            "- get my forklift trainer license till April\n- 5 minute safety talk at every shift start\n- teach Karim and "
            "Eva the new scanner system\n- cut picking errors to 2%, checked with a weekly count",
        ),
    },
    {
        "Logistics Career Guide": "A shift manager runs a shift of 20 to 30 people and holds a forklift trainer licence. "
        "Picking errors are our first measure of quality.",
        "House Rules": "Safety comes first: anyone may stop the line. Reliability means being ready when the shift starts. "
        "Fairness means that heavy jobs rotate. Respect is how we speak on the radio.",
    },
)

ALL = (SARAH, NURSE, SALES_MANAGER, WAREHOUSE_LEAD)
