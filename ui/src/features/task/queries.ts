/** What the task pages ask the server, and how they do a step. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { get, type Query } from '@/lib/api/client'
import type { Candidate, Page, Task, TaskColumn, TaskOptions, TaskRow, TaskState, TaskVerb } from '@/lib/api/types'
import { usePost } from '@/lib/step'

export function useTask(id: string) {
  return useQuery({ queryKey: ['tasks', 'one', id], queryFn: () => get<Task>(`/tasks/${id}`) })
}
export function useTaskOptions(enabled = true) {
  return useQuery({
    queryKey: ['workers', 'options'],
    queryFn: () => get<TaskOptions>('/tasks/options'),
    staleTime: 60_000,
    enabled,
  })
}
export function useBoard(query: Query) {
  return useQuery({
    queryKey: ['tasks', 'board', query],
    queryFn: () => get<TaskColumn[]>('/tasks/board', query),
    placeholderData: previous => previous,
  })
}
export function useCandidates(id: string, enabled = true) {
  return useQuery({
    queryKey: ['tasks', 'candidates', id],
    queryFn: () => get<Candidate[]>(`/tasks/${id}/candidates`),
    enabled,
  })
}
export function useTasksOfOrder(order: string) {
  return useQuery({
    queryKey: ['tasks', 'order', order],
    queryFn: () => get<Page<TaskRow>>('/tasks', { order, sort: '-created_at', limit: 100 }),
  })
}

/** Brings everything a task touches up to date. */
export function useRefreshTasks(): () => void {
  const client = useQueryClient()
  return useCallback(() => {
    for (const key of ['tasks', 'workers', 'my-work']) void client.invalidateQueries({ queryKey: [key] })
  }, [client])
}

/** A step of a task, told when it is done. */
export function useTaskStep<Given extends object>(
  id: string,
  verb: TaskVerb,
  options: { onDone?: () => void; silent?: boolean } = {},
) {
  const { t } = useTranslation()
  const refresh = useRefreshTasks()
  return usePost<Given, TaskState>(`/tasks/${id}/${verb}`, {
    done: options.silent ? undefined : t(`task:did.${verb}`),
    onDone: () => {
      refresh()
      options.onDone?.()
    },
  })
}
