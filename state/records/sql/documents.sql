-- name: insert_document
insert into documents (id, filename, title, version, department, category, content_hash, pages, passages, uploaded_by)
values (%(id)s, %(filename)s, %(title)s, %(version)s, %(department)s, %(category)s, %(content_hash)s, %(pages)s,
  %(passages)s, %(uploaded_by)s)

-- name: publish_document
update documents set ready = true, updated_at = now() where id = %(id)s and tenant_id = petraf_tenant()

-- name: document_by_hash
select id, filename, title, version, department, category, pages, passages, uploaded_by, created_at, updated_at
from documents where category = %(category)s and content_hash = %(content_hash)s and ready and tenant_id = petraf_tenant()

-- name: document
select id, filename, title, version, department, category, pages, passages, uploaded_by, created_at, updated_at
from documents where id = %(id)s and ready and tenant_id = petraf_tenant()

-- name: documents
select id, filename, title, version, department, category, pages, passages, uploaded_by, created_at, updated_at
from documents where ready and tenant_id = petraf_tenant() order by created_at desc, id desc

-- name: delete_document
delete from documents where id = %(id)s and tenant_id = petraf_tenant()

-- name: passages_of_document
select content, title, heading, page, position from rag_corpus
where document_id = %(document_id)s and tenant_id = petraf_tenant() order by position

-- name: search_passages
with words as (
  select distinct unnest(tsvector_to_array(to_tsvector('english', %(query)s))) as word
), corpus as (
  select r.id, r.search, r.embedding, r.content, r.title, r.document_id, r.page, r.category, r.heading
  from rag_corpus r join documents d on d.id = r.document_id and d.ready
  where r.tenant_id = petraf_tenant()
), weights as (
  select word, plainto_tsquery('simple', word) as term,
    ln(1 + ((select count(*) from corpus) - count(c.id) + 0.5) / (count(c.id) + 0.5)) as idf
  from words left join corpus c on c.search @@ plainto_tsquery('simple', word)
  group by word
), asked as (
  -- One or two words say too little of a query to be all of it: "I don't know" is no question about knowledge.
  select nullif(sum(idf), 0) * greatest(1, 3.0 / greatest(1, count(*))) as total from weights
), matched as (
  select c.id, sum(w.idf) as gain,
    coalesce(sum(w.idf) filter (where ts_filter(c.search, '{a}') @@ w.term), 0) as title_gain
  from corpus c join weights w on c.search @@ w.term
  group by c.id
)
select c.content, c.title as document, c.document_id, c.page, c.category, c.heading,
  1 - (c.embedding <=> %(vector)s::vector) as similarity,
  coalesce((m.gain + 0.3 * m.title_gain) / (select total from asked), 0)::float as coverage
from corpus c left join matched m on m.id = c.id
order by %(words_weight)s * coalesce((m.gain + 0.3 * m.title_gain) / (select total from asked), 0)
  + (1 - %(words_weight)s) * (1 - (c.embedding <=> %(vector)s::vector)) desc
limit %(limit)s
