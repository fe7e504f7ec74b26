-- Of the languages in state/languages; which there are is the code's to say. Older sessions were held in English.
alter table sessions add column language text not null default 'en';

-- Whether a refined goal waits for the employee's word before it is saved; null: as the company's flag says.
alter table sessions add column confirm_goals boolean;
