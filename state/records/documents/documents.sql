-- name: save_document
insert into documents (id, filename, title, version, department, category, content_hash, pages, passages, uploaded_by)
values (%(id)s, %(filename)s, %(title)s, %(version)s, %(department)s, %(category)s, %(content_hash)s, %(pages)s,
  %(passages)s, %(uploaded_by)s)
on conflict (id) do update set filename = excluded.filename, title = excluded.title, version = excluded.version,
  department = excluded.department, category = excluded.category, content_hash = excluded.content_hash,
  pages = excluded.pages, passages = excluded.passages, uploaded_by = excluded.uploaded_by, updated_at = now()
where documents.tenant_id = petraf_tenant()

-- name: delete_passages
delete from rag_corpus where document_id = %(document_id)s and tenant_id = petraf_tenant()

-- name: insert_passages
insert into rag_corpus (document_id, content, embedding, metadata, category, title, heading, page, position)
select d.id, p.content, p.embedding::halfvec,
  jsonb_strip_nulls(jsonb_build_object('title', d.title, 'version', d.version, 'department', d.department, 'page', p.page)),
  d.category, d.title, p.heading, p.page, p.position
from json_to_recordset(%(passages)s) as p(content text, embedding text, heading text, page int, position int)
cross join documents d
where d.id = %(document_id)s and d.tenant_id = petraf_tenant()

-- name: lock_corpus
select pg_advisory_xact_lock(hashtextextended('petraf corpus ' || petraf_tenant(), 0))

-- name: hold_embedding_model
select pg_advisory_xact_lock_shared(hashtextextended('petraf embedding model', 0))

-- name: embedding_model
select embedding_model from installation

-- name: document_by_hash
select id, filename, title, version, department, category, pages, passages, uploaded_by, created_at, updated_at
from documents where category = %(category)s and content_hash = %(content_hash)s and tenant_id = petraf_tenant()

-- name: document
select id, filename, title, version, department, category, pages, passages, uploaded_by, created_at, updated_at
from documents where id = %(id)s and tenant_id = petraf_tenant()

-- name: documents
select id, filename, title, version, department, category, pages, passages, uploaded_by, created_at, updated_at
from documents where tenant_id = petraf_tenant() order by created_at desc, id desc

-- name: delete_document
delete from documents where id = %(id)s and tenant_id = petraf_tenant()

-- name: passages_of_document
select content, title, heading, page, position from rag_corpus
where document_id = %(document_id)s and tenant_id = petraf_tenant() order by position
