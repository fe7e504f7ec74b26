-- name: search_corpus
select asked.embedding_model, asked.indexed, asked.words, asked.pairs::text, asked.rare, found.*
from petraf_ask(%(query)s, %(glue)s::text[], %(most_words)s, %(fewest_words)s, %(apart)s, %(most_rare)s,
  %(seldom)s) as asked
left join lateral (
  select * from petraf_search(%(vector)s::halfvec, asked.words, %(words_share)s, %(vector_share)s, %(closeness_share)s,
    %(touching)s, %(unrelated)s, %(span)s, %(floor)s, asked.pairs, %(categories)s::text[], %(looks)s, %(candidates)s)
  -- Vectors of two models are never compared; a large company's passages aren't looked at one by one.
  where asked.embedding_model = %(model)s and not asked.indexed offset 0
) as found on true

-- name: tune_indexes
select set_config('hnsw.ef_search', '300', true), set_config('hnsw.iterative_scan', 'strict_order', true)

-- name: search_indexes
with asked as materialized (
  select %(vector)s::halfvec as vector, %(words)s::sparsevec as words
), corpus as materialized (
  -- Vectors of two models are never compared, should the corpus have been moved since it was asked.
  select embedding_model = %(model)s as same_model from installation
), nearest as materialized (
  select id, category from rag_corpus where tenant_id = %(tenant)s::uuid and (select same_model from corpus)
  order by embedding <=> %(vector)s::halfvec limit 100
), looked_at as (
  (select id from nearest)
  union
  -- Only where too few of the nearest are of the categories: a second walk through the index costs as much as the first.
  (select id from rag_corpus where tenant_id = %(tenant)s::uuid and category = any(%(categories)s::text[])
   and (select same_model from corpus)
   and (select 3 * count(*) < %(candidates)s from nearest where category = any(%(categories)s::text[]))
   order by embedding <=> %(vector)s::halfvec limit %(looks)s)
  union
  (select petraf_holding(%(rare)s::tsquery, %(words)s::sparsevec, 200))
), pairs as materialized (
  select pair, weight from json_to_recordset(%(pairs)s::json) as p(pair tsquery, weight float8)
), read as (
  select r.content, r.title, r.document_id, r.metadata, r.page, r.category, r.heading,
    1 - (r.embedding <=> asked.vector) as similarity, -(r.words <#> asked.words) as coverage,
    (select coalesce(sum(p.weight) filter (where whole.search @@ p.pair), 0) from pairs p) as closeness
  from looked_at join rag_corpus r using (id) cross join asked
  -- Joined to an empty one it is unpacked once, not once a pair.
  cross join lateral (select r.search || ''::tsvector as search offset 0) as whole
  where r.tenant_id = petraf_tenant() and (select same_model from corpus) offset 0
), meant as (
  select *, least(greatest((similarity - %(unrelated)s) / %(span)s, 0), 1) as meaning from read offset 0
), judged as (
  select *, greatest(%(words_share)s * coverage + %(vector_share)s * meaning + %(closeness_share)s * closeness,
    %(touching)s * meaning) as relevance from meant offset 0
)
select content, title as document, document_id, metadata->>'version' as version, page, category, heading,
  similarity, coverage, closeness
from judged order by category = any(%(categories)s::text[]) and relevance >= %(floor)s desc, relevance desc, similarity desc
limit %(candidates)s

-- name: large_corpora
select t.id as tenant_id
from tenants t join corpus_words held on held.tenant_id = t.id and held.word = ''
where held.passages >= %(passages)s and 2 > (
  select count(*) from pg_index where indisvalid and indexrelid in (
    to_regclass(%(prefix)s || replace(t.id::text, '-', '')), to_regclass('rag_words_' || replace(t.id::text, '-', ''))))

-- name: unmoved_passages
select id, title, heading, content from rag_corpus where embedding_next is null and id > %(last)s order by id limit %(limit)s

-- name: move_passages
update rag_corpus set embedding_next = moved.embedding::halfvec
from json_to_recordset(%(moved)s) as moved(id uuid, embedding text) where rag_corpus.id = moved.id

-- name: moved_passages
select count(*) from rag_corpus where embedding_next is not null

-- name: all_passages
select count(*) from rag_corpus
