alter function petraf_search(halfvec, sparsevec, float8, float8, float8, float8, float8, float8, float8, json, text[], int, int)
  stable rows 1000;
drop function petraf_ask(text, text[], int, int, int, int);
drop function petraf_quoted(text);
create function petraf_ask(query text) returns table (embedding_model text, passages int, indexed boolean, words json)
  -- Volatile, so that its snapshot is taken after its locks.
  language plpgsql volatile set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query select i.embedding_model,
    coalesce((select held.passages from corpus_words held where held.tenant_id = petraf_tenant() and held.word = ''), 0),
    (select count(*) = 2 from pg_index where indisvalid and indexrelid in (
      to_regclass('rag_near_' || replace(petraf_tenant()::text, '-', '')),
      to_regclass('rag_words_' || replace(petraf_tenant()::text, '-', '')))),
    (select coalesce(json_agg(json_build_object('text', asked.lexeme, 'number', petraf_word(asked.lexeme),
        'position', asked.positions[1], 'passages', coalesce(held.passages, 0)) order by asked.positions[1]), '[]')
      from unnest(to_tsvector('english', petraf_ask.query)) as asked
      left join corpus_words held on held.tenant_id = petraf_tenant() and held.word = asked.lexeme)
  from installation i
  -- Named so that its lock is held before the model is read: no swap to another model comes between this and the search.
  left join lateral (select from rag_corpus where false) as locked on true;
end $$;
