import { useTranslation } from 'react-i18next'
import { WordTag } from '@/components/WordTag'

/** By what it was found, in words: 名称相近 92%. */
export function Reasons({ reasons, nameScore }: { reasons: readonly string[]; nameScore: number }) {
  const { t } = useTranslation()
  return (
    <>
      {reasons.map(reason => (
        <WordTag key={reason}>
          {reason === 'name'
            ? t(nameScore === 100 ? 'customer:similar.same_name' : 'customer:similar.name', { score: nameScore })
            : t(`customer:similar.${reason}`)}
        </WordTag>
      ))}
    </>
  )
}
