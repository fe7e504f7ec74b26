drop trigger count_words on rag_corpus;
drop trigger uncount_words on rag_corpus;
drop function petraf_count_words(), petraf_uncount_words(), petraf_holding(tsquery, sparsevec, int), petraf_ask(text);
drop function petraf_search(halfvec, sparsevec, float8, float8, float8, float8, float8, float8, float8, json, text[], int, int);
drop table corpus_words;
alter table installation drop column next_model, drop column next_dimensions;
alter table rag_corpus drop column words, drop column search;
drop function petraf_words(tsvector), petraf_word(text), petraf_search(text, text, text);
alter table rag_corpus alter column embedding set storage external;
do $$ begin
  execute format('alter table rag_corpus alter column embedding type vector(%s)', (select dimensions from installation));
end $$;
alter table rag_corpus add column search tsvector generated always as (
  setweight(to_tsvector('english', title || ' ' || heading), 'A') || setweight(to_tsvector('english', content), 'B')
) stored;
drop index documents_tenant_id_category_content_hash_idx;
alter table documents add column ready boolean not null default false;
set local role petraf_system;
update documents set ready = true;
reset role;
create unique index on documents (tenant_id, category, content_hash) where ready;
