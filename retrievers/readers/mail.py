"""E-mails: the subject and the text. Attachments and addresses are left out."""

import io
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.policy import default

from oxmsg import Message

from retrievers.readers.content import Content, Source, heading, one_line
from retrievers.readers.text import decoded, text_elements
from retrievers.readers.web import page


def read_eml(source: Source) -> Content:
    """A mail as a mail program saves it; of its plain text and its HTML the plain text is read."""
    mail = message_from_bytes(source.data, _class=EmailMessage, policy=default)
    body = mail.get_body(("plain", "html"))
    text = _content(body) if body is not None else ""
    return _mail(source, str(mail["subject"] or ""), text, body is not None and body.get_content_subtype() == "html")


def _content(part: MIMEPart) -> str:
    payload = part.get_payload(decode=True)
    return decoded(payload if isinstance(payload, bytes) else b"", part.get_content_charset())


def read_msg(source: Source) -> Content:
    """A mail as Outlook saves it."""
    mail = Message.load(io.BytesIO(source.data))
    text = mail.body or ""
    return _mail(source, mail.subject or "", text or mail.html_body or "", not text.strip())


def _mail(source: Source, subject: str, text: str, is_html: bool) -> Content:
    title = one_line(subject)
    elements = list(page(source, text).elements if is_html else text_elements(text))
    headed = [heading(title, 0)] if title and elements else []
    return Content([*headed, *elements], title=title)
