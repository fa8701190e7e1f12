/**
 * Settings for a household: one program, few connections, two cores, 4 GiB. They are given on the command line, so they
 * belong to the program's version and not to the data folder. Measured: 27 MB (PSS) idle with four connections.
 */
const SMALL: Readonly<Record<string, string>> = {
  listen_addresses: '', // no port: only the private socket
  max_connections: '20',
  superuser_reserved_connections: '1',
  reserved_connections: '0',
  shared_buffers: '16MB', // a sync touches all of it; what is read again comes from the system's cache
  temp_buffers: '2MB', // the stages of a sync are written once and read once
  work_mem: '8MB',
  maintenance_work_mem: '48MB',
  effective_cache_size: '512MB',
  io_method: 'sync', // the default keeps three I/O worker processes, 3 MB each
  jit: 'off', // compiling costs more than our queries take
  wal_level: 'minimal', // no replicas; also skips the log for freshly made tables
  max_wal_senders: '0',
  wal_buffers: '1MB',
  min_wal_size: '32MB',
  max_wal_size: '256MB',
  checkpoint_timeout: '15min',
  checkpoint_completion_target: '0.9',
  wal_compression: 'on',
  max_worker_processes: '2',
  max_parallel_workers: '2',
  max_parallel_workers_per_gather: '1',
  max_logical_replication_workers: '0', // drops the launcher process
  autovacuum_max_workers: '1',
  autovacuum_worker_slots: '2',
  autovacuum_naptime: '5min',
  track_activities: 'on',
  random_page_cost: '1.5',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  log_checkpoints: 'off',
  log_destination: 'stderr',
  logging_collector: 'off',
  cluster_name: 'keepercheky',
};

/** For throw-away databases: a power cut may eat them. */
const FORGETFUL: Readonly<Record<string, string>> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_connections: '60', // several test files at once, each with its own pool
};

export const serverArguments = (socketFolder: string, forgetful: boolean): string[] =>
  Object.entries({
    ...SMALL,
    ...(forgetful ? FORGETFUL : {}),
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
