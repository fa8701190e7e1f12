CREATE TABLE "accounts_api_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"config_id" text DEFAULT 'default' NOT NULL,
	"name" text,
	"start" text,
	"reference_id" text NOT NULL,
	"prefix" text,
	"key" text NOT NULL,
	"refill_interval" integer,
	"refill_amount" integer,
	"last_refill_at" timestamp with time zone,
	"enabled" boolean DEFAULT true,
	"rate_limit_enabled" boolean DEFAULT true,
	"rate_limit_time_window" integer,
	"rate_limit_max" integer,
	"request_count" integer DEFAULT 0,
	"remaining" integer,
	"last_request" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"permissions" text,
	"metadata" text
);
--> statement-breakpoint
CREATE TABLE "accounts_credentials" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "accounts_rate_limits" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"count" integer NOT NULL,
	"last_request" bigint NOT NULL,
	CONSTRAINT "accounts_rate_limits_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "accounts_sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"token" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"user_id" text NOT NULL,
	"impersonated_by" text,
	CONSTRAINT "accounts_sessions_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "accounts_setup" (
	"id" integer PRIMARY KEY NOT NULL,
	"done_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "accounts_users" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"username" text,
	"display_username" text,
	"role" text,
	"banned" boolean DEFAULT false,
	"ban_reason" text,
	"ban_expires" timestamp with time zone,
	CONSTRAINT "accounts_users_email_unique" UNIQUE("email"),
	CONSTRAINT "accounts_users_username_unique" UNIQUE("username")
);
--> statement-breakpoint
CREATE TABLE "accounts_verifications" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "archive_media_files" (
	"sha256" text PRIMARY KEY NOT NULL,
	"size_bytes" bigint NOT NULL,
	"mime_type" text NOT NULL,
	"kind" text NOT NULL,
	"stored_at" timestamp (3) with time zone NOT NULL,
	"verified_at" timestamp (3) with time zone NOT NULL,
	"damaged_at" timestamp (3) with time zone,
	"orphaned_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "archive_media_places" (
	"post_media_id" text PRIMARY KEY NOT NULL,
	"source_id" text NOT NULL,
	"holder" text NOT NULL,
	"held_until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "archive_media_store" (
	"id" smallint PRIMARY KEY NOT NULL,
	"store_id" text,
	"settings" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "archive_post_media" (
	"id" text PRIMARY KEY NOT NULL,
	"post_id" text NOT NULL,
	"creator_id" text NOT NULL,
	"external_id" text NOT NULL,
	"position" integer NOT NULL,
	"kind" text NOT NULL,
	"role" text NOT NULL,
	"file_name" text,
	"mime_type" text,
	"expected_bytes" bigint,
	"width" integer,
	"height" integer,
	"duration_ms" integer,
	"caption" text,
	"of" text,
	"language" text,
	"state" text NOT NULL,
	"sha256" text,
	"stored_bytes" bigint,
	"gap" jsonb,
	"tries" integer DEFAULT 0 NOT NULL,
	"tried_at" timestamp (3) with time zone,
	"withdrawn_at" timestamp (3) with time zone,
	CONSTRAINT "archive_post_media_post_id_external_id_unique" UNIQUE("post_id","external_id"),
	CONSTRAINT "archive_post_media_bytes" CHECK (("archive_post_media"."sha256" is null) = ("archive_post_media"."stored_bytes" is null))
);
--> statement-breakpoint
CREATE TABLE "archive_collection_posts" (
	"collection_id" text NOT NULL,
	"post_id" text NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "archive_collection_posts_collection_id_post_id_pk" PRIMARY KEY("collection_id","post_id")
);
--> statement-breakpoint
CREATE TABLE "archive_collections" (
	"id" text PRIMARY KEY NOT NULL,
	"creator_id" text NOT NULL,
	"external_id" text NOT NULL,
	"title" text NOT NULL,
	"description" text,
	"post_count" integer,
	"vanished_at" timestamp (3) with time zone,
	CONSTRAINT "archive_collections_creator_id_external_id_unique" UNIQUE("creator_id","external_id")
);
--> statement-breakpoint
CREATE TABLE "archive_comments" (
	"post_id" text NOT NULL,
	"external_id" text NOT NULL,
	"parent_id" text,
	"author" text NOT NULL,
	"is_creator" boolean NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"vanished_at" timestamp (3) with time zone,
	"votes" integer,
	CONSTRAINT "archive_comments_post_id_external_id_pk" PRIMARY KEY("post_id","external_id")
);
--> statement-breakpoint
CREATE TABLE "archive_posts" (
	"id" text PRIMARY KEY NOT NULL,
	"creator_id" text NOT NULL,
	"external_id" text NOT NULL,
	"kind" text NOT NULL,
	"title" text,
	"url" text,
	"published_at" timestamp (3) with time zone NOT NULL,
	"edited_at" timestamp (3) with time zone,
	"locked" boolean NOT NULL,
	"readable" boolean NOT NULL,
	"teaser" text,
	"blocks" jsonb NOT NULL,
	"tags" text[] NOT NULL,
	"tiers" text[] NOT NULL,
	"comment_count" integer NOT NULL,
	"like_count" integer,
	"current_revision" text,
	"parser_version" integer NOT NULL,
	"listed_as" text NOT NULL,
	"drift" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"listed_raw" jsonb,
	"detail_due" boolean DEFAULT false NOT NULL,
	"read_at" timestamp (3) with time zone,
	"comments_read_at" timestamp (3) with time zone,
	"comments_read_count" integer,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"missing_since" timestamp (3) with time zone,
	"vanished_at" timestamp (3) with time zone,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "archive_posts_creator_id_external_id_unique" UNIQUE("creator_id","external_id"),
	CONSTRAINT "archive_posts_id_creator_id_unique" UNIQUE("id","creator_id")
);
--> statement-breakpoint
CREATE TABLE "archive_revisions" (
	"id" text PRIMARY KEY NOT NULL,
	"post_id" text NOT NULL,
	"raw" jsonb NOT NULL,
	"digest" text NOT NULL,
	"locked" boolean NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "archive_creators" (
	"id" text PRIMARY KEY NOT NULL,
	"source_id" text NOT NULL,
	"external_id" text NOT NULL,
	"name" text NOT NULL,
	"url" text,
	"summary" text,
	"tiers" jsonb NOT NULL,
	"membership" text NOT NULL,
	"selected" boolean DEFAULT true NOT NULL,
	"avatar_sha" text,
	"avatar_version" text,
	"cover_sha" text,
	"cover_version" text,
	"post_count" integer,
	"listed_whole_at" timestamp (3) with time zone,
	"caught_up_at" timestamp (3) with time zone,
	"synced_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "archive_creators_source_id_external_id_unique" UNIQUE("source_id","external_id")
);
--> statement-breakpoint
CREATE TABLE "archive_sources" (
	"id" text PRIMARY KEY NOT NULL,
	"plugin" text NOT NULL,
	"name" text NOT NULL,
	"sealed_credentials" text,
	"settings" jsonb NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"cron" text NOT NULL,
	"time_zone" text NOT NULL,
	"state" jsonb NOT NULL,
	"looked_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "archive_sources_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "archive_sync_runs" (
	"id" text PRIMARY KEY NOT NULL,
	"source_id" text NOT NULL,
	"started_by" text,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"outcome" jsonb NOT NULL,
	"counts" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "archive_turns" (
	"source_id" text PRIMARY KEY NOT NULL,
	"holder" text,
	"held_until" timestamp (3) with time zone NOT NULL,
	"free_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cleanup_removals" (
	"id" text PRIMARY KEY NOT NULL,
	"run_id" text NOT NULL,
	"position" integer NOT NULL,
	"item_id" text NOT NULL,
	"connection_id" text NOT NULL,
	"external_id" integer NOT NULL,
	"kind" text NOT NULL,
	"season_number" integer,
	"episodes" jsonb NOT NULL,
	"title" text NOT NULL,
	"identity" jsonb NOT NULL,
	"planned_files" jsonb NOT NULL,
	"planned_bytes" bigint NOT NULL,
	"options" jsonb NOT NULL,
	"keepsake" jsonb NOT NULL,
	"state" jsonb NOT NULL,
	"trail" jsonb NOT NULL,
	"outcome" text,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "cleanup_runs" (
	"id" text PRIMARY KEY NOT NULL,
	"policy_id" text,
	"policy_name" text,
	"plan_id" text,
	"mode" text NOT NULL,
	"started_by" text NOT NULL,
	"by_name" text,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"outcome" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cleanup_shelves" (
	"id" text PRIMARY KEY NOT NULL,
	"connection_id" text NOT NULL,
	"kind" text NOT NULL,
	"collection_id" text NOT NULL,
	"members" jsonb NOT NULL,
	"poster_key" text
);
--> statement-breakpoint
CREATE TABLE "cleanup_keep_requests" (
	"id" text PRIMARY KEY NOT NULL,
	"item_id" text NOT NULL,
	"item" jsonb NOT NULL,
	"person_key" text NOT NULL,
	"by_user_id" text NOT NULL,
	"by_name" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"wanted_until" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"until" timestamp (3) with time zone,
	"answer" jsonb,
	"before" jsonb
);
--> statement-breakpoint
CREATE TABLE "cleanup_keep_undos" (
	"id" text PRIMARY KEY NOT NULL,
	"person_key" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"memory" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cleanup_link_owner" (
	"id" integer PRIMARY KEY NOT NULL,
	"instance_id" text NOT NULL,
	"folders" text[] DEFAULT '{}' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cleanup_link_shelves" (
	"id" text PRIMARY KEY NOT NULL,
	"connection_id" text NOT NULL,
	"folder" text NOT NULL,
	"tree" jsonb NOT NULL,
	"folders" jsonb NOT NULL,
	"libraries" jsonb NOT NULL,
	"untold" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone,
	"problem" jsonb
);
--> statement-breakpoint
CREATE TABLE "cleanup_approvals" (
	"policy_id" text PRIMARY KEY NOT NULL,
	"plan_id" text NOT NULL,
	"items" text[] NOT NULL,
	"by_name" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cleanup_claim_records" (
	"item_id" text NOT NULL,
	"policy_id" text NOT NULL,
	"policy_name" text NOT NULL,
	"max_age_days" integer,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "cleanup_claim_records_policy_id_item_id_pk" PRIMARY KEY("policy_id","item_id")
);
--> statement-breakpoint
CREATE TABLE "cleanup_exclusions" (
	"item_id" text PRIMARY KEY NOT NULL,
	"identity" text,
	"until" timestamp (3) with time zone,
	"note" text,
	"by_user_id" text NOT NULL,
	"by_name" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"asked" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cleanup_plan_entries" (
	"plan_id" text NOT NULL,
	"row" integer NOT NULL,
	"item_id" text NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"year" integer,
	"season_number" integer,
	"episodes" jsonb NOT NULL,
	"disk_id" text,
	"size_bytes" bigint,
	"score" double precision,
	"fate" text NOT NULL,
	"position" integer,
	"held_back_by" text,
	"standing" text NOT NULL,
	"due_at" timestamp (3) with time zone,
	"marked_since" timestamp (3) with time zone,
	"steps" jsonb NOT NULL,
	CONSTRAINT "cleanup_plan_entries_plan_id_row_pk" PRIMARY KEY("plan_id","row")
);
--> statement-breakpoint
CREATE TABLE "cleanup_plans" (
	"id" text PRIMARY KEY NOT NULL,
	"policy_id" text NOT NULL,
	"policy_name" text NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"totals" jsonb NOT NULL,
	"disks" jsonb NOT NULL,
	"breaker" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cleanup_policies" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"rule" jsonb NOT NULL,
	"unit" text NOT NULL,
	"enabled" boolean NOT NULL,
	"armed" boolean NOT NULL,
	"cron" text NOT NULL,
	"time_zone" text NOT NULL,
	"connection_ids" text[] NOT NULL,
	"disk_ids" text[] NOT NULL,
	"target" jsonb,
	"leaving_soon_days" integer NOT NULL,
	"order" text NOT NULL,
	"caps" jsonb NOT NULL,
	"shows" text NOT NULL,
	"keeps_first_season" boolean NOT NULL,
	"mid_show_days" integer NOT NULL,
	"requested_within_days" integer NOT NULL,
	"exclusion_tags" text[] NOT NULL,
	"favourites_protect" boolean NOT NULL,
	"favourite_users" text[] NOT NULL,
	"half_way_protects" boolean NOT NULL,
	"add_import_exclusion" boolean NOT NULL,
	"remove_requests" boolean NOT NULL,
	"needs_approval" boolean NOT NULL,
	"torrents" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"armed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "cleanup_standings" (
	"item_id" text PRIMARY KEY NOT NULL,
	"standing" text NOT NULL,
	"due_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "cleanup_verdicts" (
	"policy_id" text NOT NULL,
	"item_id" text NOT NULL,
	"standing" text NOT NULL,
	"due_at" timestamp (3) with time zone,
	"marked_since" timestamp (3) with time zone,
	CONSTRAINT "cleanup_verdicts_policy_id_item_id_pk" PRIMARY KEY("policy_id","item_id")
);
--> statement-breakpoint
CREATE TABLE "cleanup_settings" (
	"id" integer PRIMARY KEY NOT NULL,
	"values" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cleanup_restores" (
	"id" text PRIMARY KEY NOT NULL,
	"removal_id" text NOT NULL,
	"wish" jsonb NOT NULL,
	"state" jsonb NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"outcome" text,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "connections_services" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"url" text NOT NULL,
	"sealed_key" text NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"path_mappings" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"health" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "connections_services_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "enrichment_derivatives" (
	"sha256" text NOT NULL,
	"kind" text NOT NULL,
	"version" integer NOT NULL,
	"state" text NOT NULL,
	"failure" jsonb,
	"program" text,
	"facts" jsonb NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "enrichment_derivatives_sha256_kind_pk" PRIMARY KEY("sha256","kind")
);
--> statement-breakpoint
CREATE TABLE "enrichment_document_pictures" (
	"sha256" text NOT NULL,
	"kind" text NOT NULL,
	"pictures" jsonb NOT NULL,
	CONSTRAINT "enrichment_document_pictures_sha256_kind_pk" PRIMARY KEY("sha256","kind")
);
--> statement-breakpoint
CREATE TABLE "enrichment_embedders" (
	"id" text PRIMARY KEY NOT NULL,
	"model" text NOT NULL,
	"query_prefix" text NOT NULL,
	"passage_prefix" text NOT NULL,
	"dimensions" integer NOT NULL,
	"probes" jsonb NOT NULL,
	"url" text NOT NULL,
	"sealed_key" text,
	"chosen_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "enrichment_heard_pieces" (
	"sha256" text NOT NULL,
	"from_ms" integer NOT NULL,
	"to_ms" integer NOT NULL,
	"model" text NOT NULL,
	"heard" jsonb NOT NULL,
	CONSTRAINT "enrichment_heard_pieces_sha256_from_ms_pk" PRIMARY KEY("sha256","from_ms")
);
--> statement-breakpoint
CREATE TABLE "enrichment_models" (
	"id" smallint PRIMARY KEY NOT NULL,
	"speech" jsonb,
	"meaning" jsonb
);
--> statement-breakpoint
CREATE TABLE "enrichment_texts" (
	"sha256" text NOT NULL,
	"kind" text NOT NULL,
	"words" jsonb NOT NULL,
	CONSTRAINT "enrichment_texts_sha256_kind_pk" PRIMARY KEY("sha256","kind")
);
--> statement-breakpoint
CREATE TABLE "library_credits" (
	"item_id" text PRIMARY KEY NOT NULL,
	"told_of" text NOT NULL,
	"credits" jsonb,
	"original_title" text,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "library_play_questions" (
	"connection_id" text NOT NULL,
	"media_external_id" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "library_play_questions_connection_id_media_external_id_pk" PRIMARY KEY("connection_id","media_external_id")
);
--> statement-breakpoint
CREATE TABLE "library_play_reads" (
	"connection_id" text PRIMARY KEY NOT NULL,
	"last_success_at" timestamp (3) with time zone,
	"whole_at" timestamp (3) with time zone,
	"problem" jsonb
);
--> statement-breakpoint
CREATE TABLE "library_plays" (
	"connection_id" text NOT NULL,
	"part" text NOT NULL,
	"user_name" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"kind" text NOT NULL,
	"of_own_server" boolean NOT NULL,
	"media_external_id" text,
	"show_external_id" text,
	"tmdb_id" integer,
	"tvdb_id" integer,
	"imdb_id" text,
	"title" text,
	"year" integer,
	"season_number" integer,
	"episode_number" integer,
	CONSTRAINT "library_plays_connection_id_part_user_name_pk" PRIMARY KEY("connection_id","part","user_name")
);
--> statement-breakpoint
CREATE TABLE "library_syncs" (
	"id" text PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"accept_shrink" boolean DEFAULT false NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"alive_at" timestamp (3) with time zone NOT NULL,
	"step" text,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer,
	"results" jsonb DEFAULT '[]'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "library_disk_readings" (
	"disk_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"total_bytes" bigint NOT NULL,
	"free_bytes" bigint NOT NULL,
	CONSTRAINT "library_disk_readings_disk_id_at_pk" PRIMARY KEY("disk_id","at")
);
--> statement-breakpoint
CREATE TABLE "library_disks" (
	"id" text PRIMARY KEY NOT NULL,
	"path" text NOT NULL,
	"total_bytes" bigint,
	"total_why" text,
	"free_bytes" bigint,
	"free_why" text,
	"measured_by" text NOT NULL,
	"folders" jsonb NOT NULL,
	"read_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "library_entries" (
	"connection_id" text NOT NULL,
	"external_id" text NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"own_path" text,
	"tmdb_id" integer,
	"tvdb_id" integer,
	"imdb_id" text,
	"show_external_id" text,
	"season_number" integer,
	"episode_number" integer,
	"last_episode_number" integer,
	"linked" boolean DEFAULT false NOT NULL,
	"digest" text,
	CONSTRAINT "library_entries_connection_id_external_id_pk" PRIMARY KEY("connection_id","external_id")
);
--> statement-breakpoint
CREATE TABLE "library_episodes" (
	"connection_id" text NOT NULL,
	"external_id" integer NOT NULL,
	"title_id" text NOT NULL,
	"season_number" integer NOT NULL,
	"episode_number" integer NOT NULL,
	"title" text NOT NULL,
	"aired_at" timestamp (3) with time zone,
	"monitored" boolean NOT NULL,
	"file_id" integer,
	"digest" text,
	"last_import_at" timestamp (3) with time zone,
	CONSTRAINT "library_episodes_connection_id_external_id_pk" PRIMARY KEY("connection_id","external_id")
);
--> statement-breakpoint
CREATE TABLE "library_files" (
	"connection_id" text NOT NULL,
	"external_id" integer NOT NULL,
	"title_id" text NOT NULL,
	"season_number" integer,
	"path" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	"quality" text,
	"digest" text,
	CONSTRAINT "library_files_connection_id_external_id_pk" PRIMARY KEY("connection_id","external_id")
);
--> statement-breakpoint
CREATE TABLE "library_items" (
	"id" text PRIMARY KEY NOT NULL,
	"connection_id" text NOT NULL,
	"external_id" integer NOT NULL,
	"kind" text NOT NULL,
	"show_id" text,
	"season_number" integer,
	"title" text NOT NULL,
	"sort_title" text NOT NULL,
	"original_title" text,
	"year" integer,
	"overview" text,
	"path" text NOT NULL,
	"own_path" text NOT NULL,
	"root_folder" text NOT NULL,
	"monitored" boolean NOT NULL,
	"continuing" boolean NOT NULL,
	"show_type" text,
	"status" text NOT NULL,
	"quality_profile" text,
	"tags" text[] NOT NULL,
	"tmdb_id" integer,
	"tvdb_id" integer,
	"imdb_id" text,
	"genres" text[] NOT NULL,
	"rating" double precision,
	"votes" integer,
	"runtime_minutes" integer,
	"poster" text,
	"added_at" timestamp (3) with time zone NOT NULL,
	"file_count" integer NOT NULL,
	"size_bytes" bigint,
	"aired_count" integer,
	"total_count" integer,
	"fingerprint" text,
	"digest" text,
	"disk_id" text,
	"newest_file_at" timestamp (3) with time zone,
	"oldest_import_at" timestamp (3) with time zone,
	"watch_why" text DEFAULT 'not-in-media-server',
	"last_watched_at" timestamp (3) with time zone,
	"watchers" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"favourite_of" text[],
	"requested_by" text[] DEFAULT '{}' NOT NULL,
	"requests" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"media_ids" text[] DEFAULT '{}' NOT NULL,
	"matched_by" text,
	"synced_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "library_list_reads" (
	"connection_id" text NOT NULL,
	"list" text NOT NULL,
	"seen_as" text NOT NULL,
	"digests" text[] NOT NULL,
	CONSTRAINT "library_list_reads_connection_id_list_pk" PRIMARY KEY("connection_id","list")
);
--> statement-breakpoint
CREATE TABLE "library_marks" (
	"connection_id" text NOT NULL,
	"media_external_id" text NOT NULL,
	"user_external_id" text NOT NULL,
	"user_name" text NOT NULL,
	"played" boolean NOT NULL,
	"play_count" integer NOT NULL,
	"last_played_at" timestamp (3) with time zone,
	"favourite" boolean NOT NULL,
	"position_percent" double precision NOT NULL,
	"digest" text,
	CONSTRAINT "library_marks_connection_id_media_external_id_user_external_id_pk" PRIMARY KEY("connection_id","media_external_id","user_external_id")
);
--> statement-breakpoint
CREATE TABLE "library_requests" (
	"connection_id" text NOT NULL,
	"external_id" integer NOT NULL,
	"kind" text NOT NULL,
	"requested_by" text NOT NULL,
	"media_user" text,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"tmdb_id" integer,
	"tvdb_id" integer,
	"is_4k" boolean NOT NULL,
	"service_id" integer,
	"service_external_id" integer,
	"seasons" integer[] NOT NULL,
	"digest" text,
	"item_ids" text[] DEFAULT '{}' NOT NULL,
	CONSTRAINT "library_requests_connection_id_external_id_pk" PRIMARY KEY("connection_id","external_id")
);
--> statement-breakpoint
CREATE TABLE "library_sources" (
	"connection_id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"last_success_at" timestamp (3) with time zone,
	"last_attempt_at" timestamp (3) with time zone,
	"problem" jsonb,
	"problem_since" timestamp (3) with time zone,
	"count" integer NOT NULL,
	"playing" text[] DEFAULT '{}' NOT NULL,
	"playing_read_at" timestamp (3) with time zone,
	"users" text[] DEFAULT '{}' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notifications_channels" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"enabled" boolean NOT NULL,
	"topics" text[] NOT NULL,
	"language" text NOT NULL,
	"tells_requesters" boolean NOT NULL,
	"settings" jsonb NOT NULL,
	"sealed_secret" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notifications_channels_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "notifications_deliveries" (
	"id" text PRIMARY KEY NOT NULL,
	"channel_id" text NOT NULL,
	"address" text,
	"notice" jsonb NOT NULL,
	"state" text NOT NULL,
	"problem" jsonb,
	"tries" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"next_try_at" timestamp (3) with time zone NOT NULL,
	"claimed_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "notifications_keep_links" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"item_id" text NOT NULL,
	"person" text NOT NULL,
	"title" text NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"claimed_at" timestamp (3) with time zone,
	"outcome" text
);
--> statement-breakpoint
CREATE TABLE "notifications_people" (
	"key" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"ntfy_topic" text,
	"telegram_chat" text
);
--> statement-breakpoint
CREATE TABLE "notifications_service_checks" (
	"id" text PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"is_told_down" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notifications_settings" (
	"id" integer PRIMARY KEY NOT NULL,
	"values" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notifications_told" (
	"key" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_documents" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "search_documents_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"ref" text NOT NULL,
	"title" text NOT NULL,
	"type" text NOT NULL,
	"creator_id" text,
	"creator_name" text,
	"source_name" text,
	"tags" text[] NOT NULL,
	"lists" text[] NOT NULL,
	"statuses" text[] NOT NULL,
	"at" timestamp (3) with time zone,
	"facets" text[] NOT NULL,
	"heading" "tsvector" NOT NULL,
	"heading_words" integer NOT NULL,
	"digest" text NOT NULL,
	CONSTRAINT "search_documents_kind_ref_unique" UNIQUE("kind","ref")
);
--> statement-breakpoint
CREATE TABLE "search_facets" (
	"facet" text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_lexemes" (
	"lexeme" text COLLATE "C" PRIMARY KEY NOT NULL,
	"passages" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_models" (
	"number" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "search_models_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"id" text NOT NULL,
	"name" text NOT NULL,
	"dimensions" integer NOT NULL,
	"is_whole" boolean NOT NULL,
	"total" integer NOT NULL,
	"embedded" integer NOT NULL,
	CONSTRAINT "search_models_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "search_orphans" (
	"text_hash" uuid PRIMARY KEY NOT NULL,
	"since" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_passages" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "search_passages_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"document_id" integer NOT NULL,
	"part" text NOT NULL,
	"locator" jsonb NOT NULL,
	"language" text NOT NULL,
	"text" text NOT NULL,
	"words" "tsvector" NOT NULL,
	"word_count" integer NOT NULL,
	"text_hash" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_progress" (
	"kind" text PRIMARY KEY NOT NULL,
	"up_to" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_totals" (
	"id" integer PRIMARY KEY NOT NULL,
	"passages" integer NOT NULL,
	"words" bigint NOT NULL,
	"documents" integer NOT NULL,
	"heading_words" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_uncounted" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "search_uncounted_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"lexemes" text[] NOT NULL,
	"passages" integer[] NOT NULL,
	"words" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_vector_bits" (
	"model" integer NOT NULL,
	"text_hash" uuid NOT NULL,
	"bits" bit varying NOT NULL,
	CONSTRAINT "search_vector_bits_model_text_hash_pk" PRIMARY KEY("model","text_hash")
);
--> statement-breakpoint
CREATE TABLE "search_vectors" (
	"model" integer NOT NULL,
	"text_hash" uuid NOT NULL,
	"vector" "bytea",
	CONSTRAINT "search_vectors_model_text_hash_pk" PRIMARY KEY("model","text_hash")
);
--> statement-breakpoint
CREATE TABLE "search_words" (
	"word" text COLLATE "C" PRIMARY KEY NOT NULL,
	"passages" integer NOT NULL,
	"written" text
);
--> statement-breakpoint
CREATE TABLE "platform_job_minutes" (
	"queue" text NOT NULL,
	"minute" timestamp with time zone NOT NULL,
	"done" integer NOT NULL,
	"failed" integer NOT NULL,
	CONSTRAINT "platform_job_minutes_queue_minute_pk" PRIMARY KEY("queue","minute")
);
--> statement-breakpoint
CREATE TABLE "platform_job_progress" (
	"job_id" uuid PRIMARY KEY NOT NULL,
	"done" integer NOT NULL,
	"total" integer,
	"text" text,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "platform_queues" (
	"name" text PRIMARY KEY NOT NULL,
	"paused_since" timestamp with time zone,
	"concurrency" integer,
	CONSTRAINT "platform_queues_concurrency" CHECK ("platform_queues"."concurrency" > 0)
);
--> statement-breakpoint
ALTER TABLE "accounts_credentials" ADD CONSTRAINT "accounts_credentials_user_id_accounts_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."accounts_users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts_sessions" ADD CONSTRAINT "accounts_sessions_user_id_accounts_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."accounts_users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "archive_post_media" ADD CONSTRAINT "archive_post_media_sha256_archive_media_files_sha256_fk" FOREIGN KEY ("sha256") REFERENCES "public"."archive_media_files"("sha256") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "archive_post_media" ADD CONSTRAINT "archive_post_media_of_post" FOREIGN KEY ("post_id","creator_id") REFERENCES "public"."archive_posts"("id","creator_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "archive_collection_posts" ADD CONSTRAINT "archive_collection_posts_collection_id_archive_collections_id_fk" FOREIGN KEY ("collection_id") REFERENCES "public"."archive_collections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "archive_collection_posts" ADD CONSTRAINT "archive_collection_posts_post_id_archive_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."archive_posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "archive_collections" ADD CONSTRAINT "archive_collections_creator_id_archive_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."archive_creators"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "archive_comments" ADD CONSTRAINT "archive_comments_post_id_archive_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."archive_posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "archive_posts" ADD CONSTRAINT "archive_posts_creator_id_archive_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."archive_creators"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "archive_revisions" ADD CONSTRAINT "archive_revisions_post_id_archive_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."archive_posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "archive_creators" ADD CONSTRAINT "archive_creators_source_id_archive_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."archive_sources"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "archive_creators" ADD CONSTRAINT "archive_creators_avatar_sha_archive_media_files_sha256_fk" FOREIGN KEY ("avatar_sha") REFERENCES "public"."archive_media_files"("sha256") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "archive_creators" ADD CONSTRAINT "archive_creators_cover_sha_archive_media_files_sha256_fk" FOREIGN KEY ("cover_sha") REFERENCES "public"."archive_media_files"("sha256") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "archive_sync_runs" ADD CONSTRAINT "archive_sync_runs_source_id_archive_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."archive_sources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "archive_turns" ADD CONSTRAINT "archive_turns_source_id_archive_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."archive_sources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cleanup_removals" ADD CONSTRAINT "cleanup_removals_run_id_cleanup_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."cleanup_runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cleanup_plan_entries" ADD CONSTRAINT "cleanup_plan_entries_plan_id_cleanup_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."cleanup_plans"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrichment_document_pictures" ADD CONSTRAINT "enrichment_document_pictures_derivative" FOREIGN KEY ("sha256","kind") REFERENCES "public"."enrichment_derivatives"("sha256","kind") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrichment_texts" ADD CONSTRAINT "enrichment_texts_derivative" FOREIGN KEY ("sha256","kind") REFERENCES "public"."enrichment_derivatives"("sha256","kind") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications_deliveries" ADD CONSTRAINT "notifications_deliveries_channel_id_notifications_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."notifications_channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_passages" ADD CONSTRAINT "search_passages_document_id_search_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."search_documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "accounts_api_keys_key" ON "accounts_api_keys" USING btree ("key");--> statement-breakpoint
CREATE INDEX "accounts_api_keys_reference" ON "accounts_api_keys" USING btree ("reference_id");--> statement-breakpoint
CREATE INDEX "accounts_api_keys_config" ON "accounts_api_keys" USING btree ("config_id");--> statement-breakpoint
CREATE INDEX "accounts_credentials_user" ON "accounts_credentials" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "accounts_sessions_user" ON "accounts_sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "accounts_verifications_identifier" ON "accounts_verifications" USING btree ("identifier");--> statement-breakpoint
CREATE INDEX "archive_media_files_damaged" ON "archive_media_files" USING btree ("sha256") WHERE "archive_media_files"."damaged_at" is not null;--> statement-breakpoint
CREATE INDEX "archive_post_media_of_file" ON "archive_post_media" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "archive_post_media_open" ON "archive_post_media" USING btree ("state");--> statement-breakpoint
CREATE INDEX "archive_post_media_gaps" ON "archive_post_media" USING btree ("post_id") WHERE "archive_post_media"."state" = 'gap' and "archive_post_media"."withdrawn_at" is null;--> statement-breakpoint
CREATE INDEX "archive_post_media_counted" ON "archive_post_media" USING btree ("creator_id","state","sha256","stored_bytes") WHERE "archive_post_media"."withdrawn_at" is null;--> statement-breakpoint
CREATE INDEX "archive_collections_of_post" ON "archive_collection_posts" USING btree ("post_id");--> statement-breakpoint
CREATE INDEX "archive_collection_posts_in_order" ON "archive_collection_posts" USING btree ("collection_id","position","post_id");--> statement-breakpoint
CREATE INDEX "archive_posts_changed" ON "archive_posts" USING btree ("changed_at","id");--> statement-breakpoint
CREATE INDEX "archive_posts_newest" ON "archive_posts" USING btree ("published_at","id");--> statement-breakpoint
CREATE INDEX "archive_posts_of_creator" ON "archive_posts" USING btree ("creator_id","published_at","id");--> statement-breakpoint
CREATE INDEX "archive_posts_ledger" ON "archive_posts" USING btree ("creator_id","readable","detail_due","locked","vanished_at","read_at");--> statement-breakpoint
CREATE INDEX "archive_posts_of_kind" ON "archive_posts" USING btree ("kind","published_at","id");--> statement-breakpoint
CREATE INDEX "archive_posts_tags" ON "archive_posts" USING gin ("tags");--> statement-breakpoint
CREATE INDEX "archive_posts_drift" ON "archive_posts" USING btree ("id") WHERE "archive_posts"."drift" <> '[]'::jsonb;--> statement-breakpoint
CREATE INDEX "archive_posts_first_seen" ON "archive_posts" USING btree ("first_seen_at");--> statement-breakpoint
CREATE INDEX "archive_posts_locked" ON "archive_posts" USING btree ("published_at","id") WHERE "archive_posts"."locked";--> statement-breakpoint
CREATE INDEX "archive_posts_vanished" ON "archive_posts" USING btree ("published_at","id") WHERE "archive_posts"."vanished_at" is not null;--> statement-breakpoint
CREATE INDEX "archive_revisions_of_post" ON "archive_revisions" USING btree ("post_id","seen_at");--> statement-breakpoint
CREATE INDEX "archive_sync_runs_newest" ON "archive_sync_runs" USING btree ("source_id","started_at","id");--> statement-breakpoint
CREATE INDEX "archive_sync_runs_latest" ON "archive_sync_runs" USING btree ("started_at","id");--> statement-breakpoint
CREATE INDEX "cleanup_removals_run" ON "cleanup_removals" USING btree ("run_id","position");--> statement-breakpoint
CREATE INDEX "cleanup_removals_item" ON "cleanup_removals" USING btree ("item_id");--> statement-breakpoint
CREATE INDEX "cleanup_removals_history" ON "cleanup_removals" USING btree ("ended_at","id");--> statement-breakpoint
CREATE INDEX "cleanup_runs_started_at" ON "cleanup_runs" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "cleanup_runs_under_way" ON "cleanup_runs" USING btree ("started_at") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "cleanup_keep_requests_by_person" ON "cleanup_keep_requests" USING btree ("person_key","asked_at");--> statement-breakpoint
CREATE INDEX "cleanup_keep_requests_by_state" ON "cleanup_keep_requests" USING btree ("state","asked_at");--> statement-breakpoint
CREATE INDEX "cleanup_plan_entries_by_fate" ON "cleanup_plan_entries" USING btree ("plan_id","fate","row");--> statement-breakpoint
CREATE INDEX "cleanup_plans_by_policy" ON "cleanup_plans" USING btree ("policy_id","made_at");--> statement-breakpoint
CREATE INDEX "cleanup_standings_by_day" ON "cleanup_standings" USING btree ("due_at","item_id");--> statement-breakpoint
CREATE INDEX "cleanup_standings_by_word" ON "cleanup_standings" USING btree ("standing","item_id");--> statement-breakpoint
CREATE INDEX "cleanup_verdicts_by_item" ON "cleanup_verdicts" USING btree ("item_id");--> statement-breakpoint
CREATE INDEX "cleanup_verdicts_by_day" ON "cleanup_verdicts" USING btree ("standing","due_at");--> statement-breakpoint
CREATE UNIQUE INDEX "cleanup_restores_one" ON "cleanup_restores" USING btree ("removal_id") WHERE outcome is null or outcome = 'restored';--> statement-breakpoint
CREATE INDEX "cleanup_restores_removal" ON "cleanup_restores" USING btree ("removal_id","started_at");--> statement-breakpoint
CREATE INDEX "cleanup_restores_under_way" ON "cleanup_restores" USING btree ("started_at") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "enrichment_derivatives_state" ON "enrichment_derivatives" USING btree ("state");--> statement-breakpoint
CREATE INDEX "library_credits_by_change" ON "library_credits" USING btree ("item_id","changed_at");--> statement-breakpoint
CREATE INDEX "library_plays_by_show" ON "library_plays" USING btree ("show_external_id");--> statement-breakpoint
CREATE INDEX "library_plays_by_tmdb" ON "library_plays" USING btree ("tmdb_id");--> statement-breakpoint
CREATE INDEX "library_plays_by_tvdb" ON "library_plays" USING btree ("tvdb_id");--> statement-breakpoint
CREATE INDEX "library_plays_by_imdb" ON "library_plays" USING btree ("imdb_id");--> statement-breakpoint
CREATE INDEX "library_syncs_by_time" ON "library_syncs" USING btree ("requested_at");--> statement-breakpoint
CREATE INDEX "library_entries_by_show" ON "library_entries" USING btree ("connection_id","show_external_id");--> statement-breakpoint
CREATE INDEX "library_episodes_by_title" ON "library_episodes" USING btree ("title_id","season_number","episode_number");--> statement-breakpoint
CREATE INDEX "library_files_by_title" ON "library_files" USING btree ("title_id","season_number");--> statement-breakpoint
CREATE INDEX "library_items_title_words" ON "library_items" USING gin ("title" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "library_items_by_title" ON "library_items" USING btree ("sort_title","id");--> statement-breakpoint
CREATE INDEX "library_items_by_smallest" ON "library_items" USING btree ("size_bytes","id");--> statement-breakpoint
CREATE INDEX "library_items_by_oldest_file" ON "library_items" USING btree ("newest_file_at","id","kind");--> statement-breakpoint
CREATE INDEX "library_items_by_longest_unwatched" ON "library_items" USING btree ("last_watched_at","id","kind","watch_why");--> statement-breakpoint
CREATE INDEX "library_items_by_year" ON "library_items" USING btree ("year","id");--> statement-breakpoint
CREATE INDEX "library_items_by_newest_year" ON "library_items" USING btree ("year" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "library_items_to_count" ON "library_items" USING btree ("id","kind","size_bytes","newest_file_at","last_watched_at","watch_why","sort_title","year");--> statement-breakpoint
CREATE INDEX "library_items_by_kind" ON "library_items" USING btree ("kind","id");--> statement-breakpoint
CREATE INDEX "library_items_by_size" ON "library_items" USING btree ("size_bytes" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "library_items_by_added" ON "library_items" USING btree ("added_at","id");--> statement-breakpoint
CREATE INDEX "library_items_by_watched" ON "library_items" USING btree ("last_watched_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "library_items_by_newest_file" ON "library_items" USING btree ("newest_file_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "library_items_by_connection" ON "library_items" USING btree ("connection_id","kind");--> statement-breakpoint
CREATE INDEX "library_items_by_show" ON "library_items" USING btree ("show_id","season_number");--> statement-breakpoint
CREATE INDEX "library_items_by_disk" ON "library_items" USING btree ("disk_id");--> statement-breakpoint
CREATE INDEX "library_items_tags" ON "library_items" USING gin ("tags");--> statement-breakpoint
CREATE INDEX "library_items_requested_by" ON "library_items" USING gin ("requested_by");--> statement-breakpoint
CREATE INDEX "library_items_media_ids" ON "library_items" USING gin ("media_ids");--> statement-breakpoint
CREATE INDEX "library_requests_items" ON "library_requests" USING gin ("item_ids");--> statement-breakpoint
CREATE INDEX "notifications_deliveries_created" ON "notifications_deliveries" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "notifications_deliveries_open" ON "notifications_deliveries" USING btree ("channel_id","next_try_at") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "notifications_keep_links_item" ON "notifications_keep_links" USING btree ("item_id","person");--> statement-breakpoint
CREATE INDEX "search_documents_heading" ON "search_documents" USING gin ("heading");--> statement-breakpoint
CREATE INDEX "search_documents_facets" ON "search_documents" USING gin ("facets");--> statement-breakpoint
CREATE INDEX "search_documents_newest" ON "search_documents" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "search_passages_text" ON "search_passages" USING btree ("text_hash");--> statement-breakpoint
CREATE INDEX "search_passages_words" ON "search_passages" USING gin ("words");--> statement-breakpoint
CREATE INDEX "search_passages_of_document" ON "search_passages" USING btree ("document_id");--> statement-breakpoint
CREATE INDEX "search_words_like" ON "search_words" USING gin ("word" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "search_words_end" ON "search_words" USING btree (length("word"),reverse("word"));