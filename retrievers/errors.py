"""Why a document is refused. The docstrings are the messages."""

from state.errors import PetrafError


class UnknownDocumentType(PetrafError):
    """{filename} is no document that can be read here. Upload one of: {accepted}; the content must match the name's ending."""

    code = "UNKNOWN_DOCUMENT_TYPE"


class DocumentTooLarge(PetrafError):
    """{filename} is larger than 25 MB. Split it, or upload a smaller version without pictures."""

    code = "DOCUMENT_TOO_LARGE"


class DocumentUnpacksTooLarge(DocumentTooLarge):
    """{filename} unpacks to far more than a document holds, as only archives made to do harm do. Save it again, or split it."""


class DocumentTooLong(PetrafError):
    """{filename} has {count}; at most {most} can be read. Split it and upload the parts."""

    code = "DOCUMENT_TOO_LONG"


class UnreadableDocument(PetrafError):
    """{filename} can't be read: {reason}."""

    code = "DOCUMENT_UNREADABLE"


class EmbeddingsUnavailable(PetrafError):
    """The embedding model is away, so company documents can be neither searched nor read in now. A message that you sent is kept,
    a document isn't; try again in a moment."""

    code = "EMBEDDINGS_UNAVAILABLE"
    recoverable = True


class EmbeddingsMoved(PetrafError):
    """The company documents were moved to the embedding model {name}, which this server can't use: set PETRAF_EMBEDDINGS and its
    key, and start it again."""

    code = "EMBEDDINGS_MOVED"


class NothingToMove(PetrafError):
    """The company documents are embedded with {name} already. To move them, name another model with --to or PETRAF_EMBEDDINGS."""

    code = "NOTHING_TO_MOVE"


class ReindexRunning(PetrafError):
    """The corpus can't be moved now: another `petraf reindex` runs, or the table is locked for long. Try again later."""

    code = "REINDEX_RUNNING"


class SameContent(PetrafError):
    """{filename} has the same content as the document {title}, which is there already. Delete that one first, or replace it."""

    code = "SAME_CONTENT"


class UnknownEmbeddings(PetrafError):
    """PETRAF_EMBEDDINGS: {name} is unknown; give local, {known}"""

    code = "WRONG_SETTING"


class EmbeddingsNeedKey(PetrafError):
    """PETRAF_EMBEDDINGS: {name} needs OPENAI_API_KEY, or OPENAI_BASE_URL for a server of yours; or give local"""

    code = "WRONG_SETTING"
