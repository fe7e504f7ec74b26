-- What the judge saw beside the goal's text: rubric, passages, proposals, date. Null for goals scored before.
-- json, not jsonb: the rubric's criteria keep their order.
alter table goals add column exam json;
