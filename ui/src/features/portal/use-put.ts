import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { compare } from '@/lib/decimal'
import { formatQuantity } from '@/lib/format'
import { useMessage } from '@/lib/message'
import { usePost } from '@/lib/step'
import { CART } from './queries'
import type { Cart } from './types'

interface Put {
  product_id: string
  quantity: string
}

/** Sets how much of a product is in the cart, and says where less could be held than is wanted. */
export function usePut() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  return usePost<Put, Cart>('/portal/cart', {
    onDone: (cart, put) => {
      client.setQueryData(CART, cart)
      void client.invalidateQueries({ queryKey: ['portal', 'products'] })
      void client.invalidateQueries({ queryKey: ['portal', 'usual'] })
      const line = cart.lines.find(each => each.product.id === put.product_id)
      if (line && compare(line.held.value, line.quantity.value) < 0) {
        void message.warning(t('portal:cart.short', { held: formatQuantity(line.held), name: line.product.name }), 5)
      }
    },
  })
}
