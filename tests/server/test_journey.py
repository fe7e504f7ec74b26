"""Sarah's journey, word for word."""

from tests.server.client import Company, completed, one

SARAH = {
    "name": "Sarah",
    "employee_code": "EMP12345",
    "department": "Engineering",
    "position": "Software Engineer",
    "grade": "L4",
    "years_of_service": 3,
    "age_range": "28-32",
    "job_type": "full_time",
}
FUTURE = (
    "I want to become a senior engineer and maybe start leading a small team. I'd like to work on more complex systems "
    "and mentor junior developers.",
    "I want to master distributed systems and microservices architecture. I'd like to lead a team of 3-4 developers and "
    "work on our payment processing platform.",
)
VALUES = (
    "I really value continuous learning, collaboration with my team, technical excellence, and making an impact through "
    "good code. Also work-life balance is important to me."
)
ACTIONS = """In the next 6 months I will:

1. Complete AWS Solutions Architect certification
2. Lead the payment gateway migration project
3. Mentor 2 junior developers (Mike and Jenny)
4. Present at our monthly tech talks about microservices
5. Improve our deployment pipeline to reduce downtime
6. Read 3 books on distributed systems"""


async def test_first_message_is_answered_with_a_question(acme: Company) -> None:
    sarah = await acme.employee(**SARAH)
    events = await sarah.say("g4_future", FUTURE[0])
    assert [name for name, _ in events if name != "message"] == [
        "start",
        "complete",
        "understood",
        "start",
        "transition",
        "end",
    ]
    assert completed(events, "collect")["full_response"].rstrip().endswith("?")
    moved = one(events, "transition")
    assert moved["to"] == {"phase": "g4_future", "step": "collect"}
    assert moved["completion_percentage"] == 10
