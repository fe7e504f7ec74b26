-- A document and its passages are written in one transaction from now on, so none is ever half there.
delete from documents where not ready;
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
-- A plain vector lies in its row, where reading a whole tenant's costs a fifth; a longer one doesn't fit there.
do $$ begin
  if coalesce((select dimensions from installation), current_setting('petraf.dimensions')::int) <= 1000 then
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

insert into corpus_words (tenant_id, word, passages)
select tenant_id, word, count(*) from rag_corpus cross join unnest(tsvector_to_array(search) || ''::text) as word
group by tenant_id, word;

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
