-- name: ask_corpus
select embedding_model,
  coalesce((select passages from corpus_words where tenant_id = petraf_tenant() and word = ''), 0) as passages,
  (select count(*) = 2 from pg_index where indisvalid and indexrelid in (
    to_regclass('rag_near_' || replace(petraf_tenant()::text, '-', '')),
    to_regclass('rag_words_' || replace(petraf_tenant()::text, '-', '')))) as indexed,
  (select coalesce(json_agg(json_build_object('text', lexeme, 'number', petraf_word(lexeme), 'position', positions[1],
    'passages', coalesce(held.passages, 0)) order by positions[1]), '[]')
    from unnest(to_tsvector('english', %(query)s)) as asked
    left join corpus_words held on held.tenant_id = petraf_tenant() and held.word = asked.lexeme) as words
from installation
-- Named so that its lock is held before the model is read: no swap to another model comes between this and the search.
left join lateral (select from rag_corpus where false) as locked on true

-- name: search_every_passage
with asked as materialized (
  select %(vector)s::vector as vector, %(words)s::sparsevec as words
), looked_at as (
  (select r.id from rag_corpus r, asked where r.tenant_id = petraf_tenant()
   order by %(words_share)s * (r.words <#> asked.words) + %(vector_share)s * (r.embedding <=> asked.vector)
   limit %(looks)s)
  union
  (select r.id from rag_corpus r, asked where r.tenant_id = petraf_tenant() and r.category = any(%(categories)s::text[])
   order by %(words_share)s * (r.words <#> asked.words) + %(vector_share)s * (r.embedding <=> asked.vector)
   limit %(looks)s)
), pairs as materialized (
  select pair, weight from json_to_recordset(%(pairs)s) as p(pair tsquery, weight float8)
), judged as materialized (
  select r.id, r.category, 1 - (r.embedding <=> asked.vector) as similarity, -(r.words <#> asked.words) as coverage,
    (select coalesce(sum(p.weight) filter (where whole.search @@ p.pair), 0) from pairs p) as closeness
  from looked_at join rag_corpus r using (id) cross join asked
  -- Joined to an empty one it is unpacked once, not once a pair.
  cross join lateral (select r.search || ''::tsvector as search offset 0) as whole
  where r.tenant_id = petraf_tenant()
), found as (
  (select * from judged
   order by %(words_share)s * coverage + %(vector_share)s * similarity + %(closeness_share)s * closeness desc
   limit %(candidates)s)
  union
  (select * from judged where category = any(%(categories)s::text[])
   order by %(words_share)s * coverage + %(vector_share)s * similarity + %(closeness_share)s * closeness desc
   limit %(candidates)s)
)
select r.content, r.title as document, r.document_id, r.metadata->>'version' as version, r.page, r.category, r.heading,
  found.similarity, found.coverage, found.closeness
from found join rag_corpus r using (id)
where r.tenant_id = petraf_tenant()

-- name: tune_indexes
select set_config('hnsw.ef_search', '400', true), set_config('hnsw.iterative_scan', 'strict_order', true)

-- name: search_indexes
with asked as materialized (
  select %(vector)s::vector as vector, %(words)s::sparsevec as words
), looked_at as (
  (select id from rag_corpus where tenant_id = %(tenant)s::uuid
   order by embedding <=> %(vector)s::vector limit 100)
  union
  (select id from rag_corpus where tenant_id = %(tenant)s::uuid and category = any(%(categories)s::text[])
   order by embedding <=> %(vector)s::vector limit %(candidates)s)
  union
  (select petraf_holding(%(rare_words)s::tsquery, %(words)s::sparsevec, 100))
), pairs as materialized (
  select pair, weight from json_to_recordset(%(pairs)s) as p(pair tsquery, weight float8)
), judged as materialized (
  select r.id, r.category, 1 - (r.embedding <=> asked.vector) as similarity, -(r.words <#> asked.words) as coverage,
    (select coalesce(sum(p.weight) filter (where whole.search @@ p.pair), 0) from pairs p) as closeness
  from looked_at join rag_corpus r using (id) cross join asked
  -- Joined to an empty one it is unpacked once, not once a pair.
  cross join lateral (select r.search || ''::tsvector as search offset 0) as whole
  where r.tenant_id = petraf_tenant()
), found as (
  (select * from judged
   order by %(words_share)s * coverage + %(vector_share)s * similarity + %(closeness_share)s * closeness desc
   limit %(candidates)s)
  union
  (select * from judged where category = any(%(categories)s::text[])
   order by %(words_share)s * coverage + %(vector_share)s * similarity + %(closeness_share)s * closeness desc
   limit %(candidates)s)
)
select r.content, r.title as document, r.document_id, r.metadata->>'version' as version, r.page, r.category, r.heading,
  found.similarity, found.coverage, found.closeness
from found join rag_corpus r using (id)
where r.tenant_id = petraf_tenant()

-- name: large_corpora
select t.id as tenant_id
from tenants t join corpus_words held on held.tenant_id = t.id and held.word = ''
where held.passages >= %(passages)s and 2 > (
  select count(*) from pg_index where indisvalid and indexrelid in (
    to_regclass(%(prefix)s || replace(t.id::text, '-', '')), to_regclass('rag_words_' || replace(t.id::text, '-', ''))))

-- name: unmoved_passages
select id, title, heading, content from rag_corpus where embedding_next is null order by id limit %(limit)s

-- name: move_passages
update rag_corpus set embedding_next = moved.embedding::vector
from json_to_recordset(%(moved)s) as moved(id uuid, embedding text) where rag_corpus.id = moved.id

-- name: moved_passages
select count(*) from rag_corpus where embedding_next is not null

-- name: all_passages
select count(*) from rag_corpus
