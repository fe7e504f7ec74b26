-- A document and its passages are written in one transaction from now on, so none is ever half there.
-- The owner may be held to the policies too, so rows are touched as the role that sees them all.
set local role petraf_system;
delete from documents where not ready;
reset role;
drop index documents_tenant_id_category_content_hash_idx;
alter table documents drop column ready;
create unique index on documents (tenant_id, category, content_hash);

-- While `petraf reindex` runs: the model that `rag_corpus.embedding_next` is filled with.
alter table installation add column next_model text, add column next_dimensions int;

create function petraf_search(title text, heading text, content text) returns tsvector
  language sql immutable parallel safe
  return setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', heading), 'B')
    || to_tsvector('english', content);

create function petraf_word(word text) returns int language sql immutable parallel safe
  return (hashtextextended(word, 0) & 536870911)::int + 1;

-- A passage's words as numbers, so that what a query's words are worth in it is one inner product.
create function petraf_words(search tsvector) returns sparsevec language sql immutable parallel safe
  return (
    select ('{' || coalesce(string_agg(number || ':1', ',' order by number), '') || '}/536870912')::sparsevec
    from (select distinct petraf_word(word) as number from unnest(tsvector_to_array(search)) as word) as numbered
  );

alter table rag_corpus drop column search;
-- Half a float a dimension orders passages as a whole one does, in half the memory that a search reads. A plain vector lies in
-- its row, where reading a whole tenant's costs a fifth; a longer one doesn't fit there.
do $$
declare dimensions int := coalesce((select dimensions from installation), current_setting('petraf.dimensions')::int);
begin
  execute format('alter table rag_corpus alter column embedding type halfvec(%s)', dimensions);
  if dimensions <= 2000 then
    alter table rag_corpus alter column embedding set storage plain;
  end if;
end $$;
alter table rag_corpus
  add column search tsvector not null generated always as (petraf_search(title, heading, content)) stored,
  add column words sparsevec not null generated always as (petraf_words(petraf_search(title, heading, content))) stored;
alter table rag_corpus alter column words set storage plain;

-- How many of a company's passages hold a word; '' counts them all. Triggers keep it true.
create table corpus_words (
  tenant_id uuid not null default petraf_tenant() references tenants on delete cascade,
  word text not null,
  passages int not null,
  primary key (tenant_id, word)
);

create function petraf_count_words() returns trigger language plpgsql as $$
begin
  insert into corpus_words as held (tenant_id, word, passages)
  select tenant_id, word, count(*) from changed cross join unnest(tsvector_to_array(search) || ''::text) as word
  group by tenant_id, word order by tenant_id, word
  on conflict (tenant_id, word) do update set passages = held.passages + excluded.passages;
  return null;
end $$;

create function petraf_uncount_words() returns trigger language plpgsql as $$
begin
  update corpus_words as held set passages = held.passages - gone.passages
  from (
    select tenant_id, word, count(*) as passages
    from changed cross join unnest(tsvector_to_array(search) || ''::text) as word group by tenant_id, word
  ) as gone
  where held.tenant_id = gone.tenant_id and held.word = gone.word;
  delete from corpus_words where passages <= 0 and tenant_id in (select tenant_id from changed);
  return null;
end $$;

create trigger count_words after insert on rag_corpus referencing new table as changed
  for each statement execute function petraf_count_words();
create trigger uncount_words after delete on rag_corpus referencing old table as changed
  for each statement execute function petraf_uncount_words();

-- Functions, because a session keeps their plans: planning these two anew takes as long as running them.
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

-- Every passage of the company by words and meaning; the best of these closer; the best of them given back, those of the
-- categories first where they are above the floor. The measure is that of `retrievers.search.relevance`.
create function petraf_search(asked halfvec, wanted sparsevec, words_share float8, vector_share float8, closeness_share float8,
    touching float8, unrelated float8, span float8, floor float8, near json, categories text[], looks int, candidates int)
  returns table (content text, document text, document_id text, version text, page int, category text, heading text,
    similarity float8, coverage float8, closeness float8)
  language plpgsql stable set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query
  -- Each offset keeps a distance from being computed twice.
  with best as materialized (
    select id, similarity, coverage, category = any(categories) as preferred
    from (select id, category, 1 - (embedding <=> asked) as similarity, -(words <#> wanted) as coverage
          from rag_corpus where tenant_id = petraf_tenant() offset 0) as every
    order by greatest(words_share * coverage + vector_share / span * (similarity - unrelated),
      touching / span * (similarity - unrelated)) desc, similarity desc limit looks
  ), looked_at as (
    select id, similarity, coverage from best
    union all
    -- Only where too few of the best are of the categories.
    (select id, similarity, coverage
     from (select id, 1 - (embedding <=> asked) as similarity, -(words <#> wanted) as coverage
           from rag_corpus where tenant_id = petraf_tenant() and category = any(categories)
             and (select 3 * count(*) < candidates from best where preferred) and id not in (select id from best) offset 0) as others
     order by greatest(words_share * coverage + vector_share / span * (similarity - unrelated),
       touching / span * (similarity - unrelated)) desc, similarity desc limit candidates / 2)
  ), pairs as materialized (
    select pair, weight from json_to_recordset(near) as p(pair tsquery, weight float8)
  ), read as (
    select r.content, r.title, r.document_id, r.metadata, r.page, r.category, r.heading, l.similarity, l.coverage,
      least(greatest((l.similarity - unrelated) / span, 0), 1) as meaning,
      (select coalesce(sum(p.weight) filter (where whole.search @@ p.pair), 0) from pairs p) as closeness
    from looked_at l join rag_corpus r using (id)
    -- Joined to an empty one it is unpacked once, not once a pair.
    cross join lateral (select r.search || ''::tsvector as search offset 0) as whole
    where r.tenant_id = petraf_tenant() offset 0
  ), judged as (
    select *, greatest(words_share * coverage + vector_share * meaning + closeness_share * closeness, touching * meaning)
      as relevance from read offset 0
  )
  select content, title, document_id, metadata->>'version', page, category, heading, similarity, coverage, closeness
  from judged order by category = any(categories) and relevance >= floor desc, relevance desc, similarity desc limit candidates;
end $$;
-- Under row-level security no word index can be used (its operator isn't leakproof), so this function looks as a role that
-- sees everything, for the acting tenant alone, and gives ids only; what they name is read under the policies again.
create function petraf_holding(wanted tsquery, worth sparsevec, most int) returns setof uuid
  language plpgsql stable security definer set search_path from current as $$
begin
  return query execute format('select id from rag_corpus where tenant_id = %L and search @@ $1 order by words <#> $2 limit $3',
    petraf_tenant()) using wanted, worth, most;
end $$;
do $$ begin
  execute format('grant create on schema %I to petraf_system', current_schema());
  alter function petraf_holding(tsquery, sparsevec, int) owner to petraf_system;
  execute format('revoke create on schema %I from petraf_system', current_schema());
end $$;
revoke all on function petraf_holding(tsquery, sparsevec, int) from public;
grant execute on function petraf_holding(tsquery, sparsevec, int) to petraf_app;

alter table corpus_words enable row level security;
alter table corpus_words force row level security;
create policy own_tenant on corpus_words to petraf_app using (tenant_id = petraf_tenant())
  with check (tenant_id = petraf_tenant());
create policy every_tenant on corpus_words to petraf_system using (true) with check (true);
grant select, insert, update, delete on corpus_words to petraf_app, petraf_system;

set local role petraf_system;
insert into corpus_words (tenant_id, word, passages)
select tenant_id, word, count(*) from rag_corpus cross join unnest(tsvector_to_array(search) || ''::text) as word
group by tenant_id, word;
reset role;
