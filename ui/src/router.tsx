/** Turns the table of pages into routes; each page is loaded when it is first opened. */
import { lazy, Suspense } from 'react'
import { BrowserRouter, Navigate, Route, Routes } from 'react-router'
import { ErrorBoundary } from './components/ErrorBoundary'
import { NotFound } from './components/NotFound'
import { PageSkeleton } from './components/PageSkeleton'
import { Shell } from './components/shell/Shell'
import { loadPage, pages } from './pages'

const loaded = pages.map(page => ({ path: page.path, Component: lazy(() => loadPage(page)) }))

export function Pages() {
  return (
    <BrowserRouter>
      <Routes>
        <Route element={<Shell />}>
          <Route index element={<Navigate to="/my-work" replace />} />
          {loaded.map(({ path, Component }) => (
            <Route
              key={path}
              path={path}
              element={
                <ErrorBoundary key={path}>
                  <Suspense fallback={<PageSkeleton />}>
                    <Component />
                  </Suspense>
                </ErrorBoundary>
              }
            />
          ))}
          <Route path="*" element={<NotFound />} />
        </Route>
      </Routes>
    </BrowserRouter>
  )
}
