drop function petraf_count_crisis();
alter table installation drop column crises;
alter table goals drop column below_threshold;
alter table conversation_state drop column question;
alter table messages drop column withheld;
alter table messages drop column acts;
drop table facts;
