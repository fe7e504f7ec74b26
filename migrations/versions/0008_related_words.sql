-- Words of one meaning or nearly so, the same for every company: made once from the local model's own vocabulary.
create table related_words (
  word text not null,
  related text not null,
  closeness real not null,
  primary key (word, related)
);
grant select on related_words to petraf_app, petraf_system;

drop function petraf_ask(text, text[], int, int, int, int);
-- What the corpus knows of a query's words: what each is worth by how rare it is, all together 1; which of them stand together;
-- and, for a company with indexes, the rare ones, any of which a passage must hold, as long as few enough do, else the three rarest
-- together. Those of `glue` say nothing; of many words the `most_words` rarest count; fewer than `fewest_words` aren't all of a
-- query; a pair's words stand at most `apart` from each other. What at most the share `seldom` of the passages hold is looked for by
-- a related word too.
create function petraf_ask(query text, glue text[], most_words int, fewest_words int, apart int, most_rare int,
    seldom float8)
  returns table (embedding_model text, indexed boolean, words sparsevec, pairs json, rare text)
  -- Volatile, so that its snapshot is taken after its locks.
  language plpgsql volatile rows 1 set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query
  with corpus as materialized (
    select i.embedding_model,
      coalesce((select held.passages from corpus_words held where held.tenant_id = petraf_tenant() and held.word = ''), 0) as passages,
      (select count(*) = 2 from pg_index where indisvalid and indexrelid in (
        to_regclass('rag_near_' || replace(petraf_tenant()::text, '-', '')),
        to_regclass('rag_words_' || replace(petraf_tenant()::text, '-', '')))) as indexed
    from installation i
    -- Named so that its lock is held before the model is read: no swap to another model comes between this and the search.
    left join lateral (select from rag_corpus where false) as locked on true
  ), asked as (
    -- Word by word: planned while a corpus was small, a join would go through all of its words ever after.
    select lexeme as word, positions[1] as place, coalesce((
      select held.passages from corpus_words held where held.tenant_id = petraf_tenant() and held.word = lexeme), 0) as passages
    from unnest(to_tsvector('english', petraf_ask.query))
    where lexeme <> all(glue) order by passages, place limit most_words
  ), informative as materialized (
    -- BM25's inverse document frequency.
    select word, petraf_quoted(word) as quoted, place, asked.passages,
      ln(1 + (corpus.passages - asked.passages + 0.5::float8) / (asked.passages + 0.5)) as information
    from asked cross join corpus
  ), kin as materialized (
    -- The nearest that some passage holds. One or two words stay what they are: with related ones they would be worth a whole query.
    select distinct on (i.place) near.related as word, petraf_quoted(near.related) as quoted, i.place, near.passages,
      near.closeness * i.information as information
    from informative i cross join corpus cross join lateral (
      select r.related, r.closeness, (
        select held.passages from corpus_words held where held.tenant_id = petraf_tenant() and held.word = r.related) as passages
      from related_words r where r.word = i.word offset 0
    ) as near
    where i.passages <= seldom * corpus.passages and fewest_words <= (select count(*) from informative)
      -- Of more passages a large company's search would look at some and not at others.
      and near.passages between 1 and most_rare / 3 and near.related <> all(glue)
      and not exists (select from informative other where other.word = near.related)
    order by i.place, near.closeness desc, near.related
  ), worth as (
    select petraf_word(word) as number, max(information) / (
      select sum(information) * greatest(1, fewest_words / nullif(count(*), 0)::float8) from informative) as share
    from (select word, information from informative union all select word, information from kin) as weighed
    group by petraf_word(word)
  ), neighbours as (
    select quoted as one, lead(quoted) over reading as other, lead(place) over reading - place as distance,
      least(information, lead(information) over reading) as information
    from informative window reading as (order by place)
  ), near as (
    select one, other, information / sum(information) over () as weight from neighbours where distance <= apart
  ), rare as (
    -- Apart, so that related words leave none of the query's own out.
    select quoted, own, sum(passages) over reading as together, row_number() over reading as rank
    from (select quoted, passages, place, true as own from informative union select quoted, passages, min(place), false from kin
      group by quoted, passages) as held
    where passages > 0 window reading as (partition by own order by passages, place rows unbounded preceding)
  )
  select corpus.embedding_model, corpus.indexed,
    (select ('{' || coalesce(string_agg(number || ':' || share, ',' order by number), '') || '}/536870912')::sparsevec from worth),
    -- Both words, which is asked first because it is quickly answered, and in the order of the query, one to so many words apart.
    (select coalesce(json_agg(json_build_object('weight', weight, 'pair', one || ' & ' || other || ' & (' || (
        select string_agg(one || ' <' || distance || '> ' || other, ' | ') from generate_series(1, apart) as distance) || ')')), '[]')
      from near),
    case when corpus.indexed then (select concat_ws(' | ',
      coalesce(string_agg(quoted, ' | ' order by rank) filter (where own and together <= most_rare),
        string_agg(quoted, ' & ' order by rank) filter (where own and rank <= 3)),
      string_agg(quoted, ' | ' order by rank) filter (where not own and together <= most_rare)) from rare) else '' end
  from corpus;
end $$;
