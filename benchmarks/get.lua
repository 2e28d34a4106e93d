-- For wrk: a look with credentials.
wrk.headers["Authorization"] = os.getenv("BENCH_AUTHORIZATION")
