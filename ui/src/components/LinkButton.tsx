import { Button, type ButtonProps } from 'antd'
import { useHref, useLinkClickHandler } from 'react-router'

/** A link that looks like a button: opens in a new tab by middle click, and is one stop for the keyboard. */
export function LinkButton({ to, ...rest }: Omit<ButtonProps, 'href' | 'onClick'> & { to: string }) {
  const href = useHref(to)
  const follow = useLinkClickHandler<HTMLAnchorElement>(to)
  return (
    <Button
      {...rest}
      href={href}
      onClick={event => follow(event as React.MouseEvent<HTMLAnchorElement, globalThis.MouseEvent>)}
    />
  )
}
