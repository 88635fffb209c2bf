/** Turns the table of pages into routes; each page is loaded when it is first opened. */
import { lazy, Suspense } from 'react'
import { createBrowserRouter, Navigate, type RouteObject } from 'react-router'
import { PageSkeleton } from './components/PageSkeleton'
import { NotFound, RouteError } from './components/RouteError'
import { Shell } from './components/shell/Shell'
import { type Page, pages } from './pages'

function routeOf(page: Page): RouteObject {
  const Component = lazy(page.load)
  return {
    path: page.path,
    errorElement: <RouteError />,
    element: (
      <Suspense key={page.path} fallback={<PageSkeleton />}>
        <Component />
      </Suspense>
    ),
  }
}

export const router = createBrowserRouter([
  {
    path: '/',
    element: <Shell />,
    errorElement: <RouteError />,
    children: [
      { index: true, element: <Navigate to="/my-work" replace /> },
      ...pages.map(routeOf),
      { path: '*', element: <NotFound /> },
    ],
  },
])
