alter table sessions drop column language;
alter table sessions drop column confirm_goals;
