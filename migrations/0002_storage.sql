-- Written by hand: what Drizzle cannot say.
-- Ranking passages reads their ids, documents and lengths. With texts and vectors kept aside a row is 80 bytes and not two
-- kilobytes, and a word that stands in half of all passages is counted in milliseconds. A compressed vector is no smaller
-- by much, and slower to read.
alter table search_passages set (toast_tuple_target = 128);
--> statement-breakpoint
alter table search_passages alter column words set storage external;
--> statement-breakpoint
-- These counts change with each post: with room on the page a change leaves the indexes alone.
alter table search_lexemes set (fillfactor = 60);
--> statement-breakpoint
alter table search_words set (fillfactor = 60);
--> statement-breakpoint
-- What waits to be counted is read once, soon: packing it would take longer than that.
alter table search_uncounted alter column words set storage external;
--> statement-breakpoint
alter table search_uncounted alter column lexemes set storage external;
--> statement-breakpoint
-- Vectors look like noise to a compressor: it would cost time and save nothing.
alter table search_vectors alter column vector set storage external;
--> statement-breakpoint
-- Signs stay in their row, whatever the model: all of them are read for each question.
alter table search_vector_bits alter column bits set storage plain;
