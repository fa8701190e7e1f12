-- Written by hand: what Drizzle cannot say. Both extensions are trusted, so the owner of the database may create them.
create extension if not exists unaccent;
--> statement-breakpoint
create extension if not exists pg_trgm;
--> statement-breakpoint
-- Accents fold before stemming, so "cancion" finds "canción", and both languages treat names alike.
create text search configuration kc_spanish (copy = spanish);
--> statement-breakpoint
alter text search configuration kc_spanish alter mapping for hword, hword_part, word with unaccent, spanish_stem;
--> statement-breakpoint
create text search configuration kc_english (copy = english);
--> statement-breakpoint
alter text search configuration kc_english alter mapping for hword, hword_part, word with unaccent, english_stem;
--> statement-breakpoint
create text search configuration kc_simple (copy = simple);
--> statement-breakpoint
alter text search configuration kc_simple alter mapping for hword, hword_part, word with unaccent, simple;
