// Loading, in one manner for all pages. Every list shows four things: loading, empty, failed, filled.
import { useInfiniteQuery, useMutation, useQuery, useQueryClient, type QueryKey } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { ApiProblem, asProblem } from '@/api/problem'

const problemOf = (e: unknown) => (e ? asProblem(e) : undefined)

/**
 * One thing. The key says what it depends on: when a value in it changes, it is loaded anew, and an older
 * answer is aborted and dropped.
 *
 *     const { data: plan, problem, loading, reload } = useLoad(
 *       () => ['plan', props.id],
 *       (signal) => ok(api.GET('/api/v1/plans/{id}', { params: { path: { id: props.id } }, signal })),
 *     )
 */
export function useLoad<T>(
  key: MaybeRefOrGetter<QueryKey>,
  load: (signal: AbortSignal) => Promise<T>,
  options: { enabled?: MaybeRefOrGetter<boolean>; keep?: boolean } = {},
) {
  const q = useQuery({
    queryKey: computed(() => toValue(key)),
    queryFn: ({ signal }) => load(signal),
    enabled: computed(() => toValue(options.enabled) ?? true),
    placeholderData: options.keep ? (previous) => previous : undefined,
  })
  return {
    data: q.data,
    problem: computed(() => problemOf(q.error.value)),
    loading: computed(() => q.isPending.value && q.fetchStatus.value !== 'idle'),
    refreshing: q.isFetching,
    reload: () => q.refetch(),
  }
}

/** One page of a list: its rows, and the cursor where the next begins. */
export interface Page<Row> {
  items: Row[] | null
  next?: string | null
  total?: number | null
}

/**
 * A list that grows by keyset pages. The key holds the filters.
 *
 *     const list = useList(() => ['tasks', filters.query.value], (cursor, signal) => ok(api.GET('/api/v1/tasks', …)))
 *     <DataTable v-bind="list.table.value" @more="list.more" @retry="list.reload" …>
 */
export function useList<Row>(
  key: MaybeRefOrGetter<QueryKey>,
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<Row>>,
  options: { enabled?: MaybeRefOrGetter<boolean> } = {},
) {
  const q = useInfiniteQuery({
    queryKey: computed(() => toValue(key)),
    queryFn: ({ pageParam, signal }) => load(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: Page<Row>) => last.next || undefined,
    enabled: computed(() => toValue(options.enabled) ?? true),
  })
  const rows = computed(() => (q.data.value?.pages ?? []).flatMap((p) => p.items ?? []) as Row[])
  const total = computed(() => q.data.value?.pages[0]?.total ?? undefined)
  const problem = computed(() => problemOf(q.error.value))
  const loading = computed(() => q.isPending.value && q.fetchStatus.value !== 'idle')
  return {
    rows,
    total,
    problem,
    loading,
    /** What a DataTable wants to know, in one bundle. */
    table: computed(() => ({
      rows: rows.value,
      loading: loading.value,
      problem: problem.value,
      hasMore: q.hasNextPage.value,
      loadingMore: q.isFetchingNextPage.value,
    })),
    more: () => q.fetchNextPage(),
    reload: () => (q.isFetchNextPageError.value ? q.fetchNextPage() : q.refetch()),
  }
}

/**
 * One change. `stale` names the keys that are out of date after it.
 *
 *     const sign = useAct((id: string) => ok(api.POST('/api/v1/tasks/{id}/sign', …)), { stale: [['tasks']] })
 *     await sign.run(id)   // undefined where it failed: sign.problem says why
 */
export function useAct<In, Out>(act: (input: In) => Promise<Out>, options: { stale?: QueryKey[] } = {}) {
  const client = useQueryClient()
  const m = useMutation<Out, unknown, In>({
    mutationFn: act,
    onSuccess: () =>
      Promise.all((options.stale ?? []).map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
  return {
    busy: m.isPending,
    problem: computed<ApiProblem | undefined>(() => problemOf(m.error.value)),
    run: (input: In): Promise<Out | undefined> => m.mutateAsync(input).catch(() => undefined),
    clear: () => m.reset(),
  }
}
