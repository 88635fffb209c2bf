import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { InactiveTag } from '@/components/ActiveButton'
import { ErrorState } from '@/components/ErrorState'
import { FirstPassword, type Secret } from '@/components/form/FirstPassword'
import { FormPage, FormSection } from '@/components/form/FormPage'
import { chosenRule, requiredRule } from '@/components/form/rules'
import { PageSkeleton } from '@/components/PageSkeleton'
import { get, post, put } from '@/lib/api/client'
import type { Language, Saved, User } from '@/lib/api/types'
import { LANGUAGES } from '@/lib/i18n'
import { useMessage } from '@/lib/message'
import { roleName, useRoles } from '@/lib/roles'
import { useCan, useSession } from '@/lib/session'
import { ActivateUser } from './activate'
import { SetPassword } from './set-password'

interface UserInput {
  username: string
  name: string
  email: string
  language: Language
  roles: string[]
}

/** A new user, or one to be changed. */
export function UserForm() {
  const { id = '' } = useParams()
  const found = useQuery({
    queryKey: ['users', 'one', id],
    queryFn: () => get<User>(`/users/${id}`),
    enabled: id !== '',
  })
  if (id === '') return <Fields user={null} />
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton />
  return <Fields key={found.data.id} user={found.data} />
}

function Fields({ user }: { user: User | null }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const message = useMessage()
  const { session } = useSession()
  const mayEdit = useCan('user.edit')
  // The first password stays out of the values, since those are kept as a draft.
  const [secret] = Form.useForm<Secret>()
  const roles = useRoles().data ?? []
  const save = async ({ username, ...rest }: UserInput) => {
    if (user) await put<Saved>(`/users/${user.id}`, rest, { version: user.version })
    else {
      const { password } = await secret.validateFields()
      await post<Saved>('/users', { username, ...rest, password })
    }
    await client.invalidateQueries({ queryKey: ['users'] })
    void message.success(t(user ? 'user:saved' : 'user:created'))
    void navigate('/users')
  }
  const initial: UserInput = user
    ? { username: user.username, name: user.name, email: user.email, language: user.language, roles: user.roles }
    : { username: '', name: '', email: '', language: session.user.language, roles: [] }
  return (
    <FormPage<UserInput>
      title={user ? user.name : t('user:new')}
      tags={user && <InactiveTag active={user.active} />}
      draftKey={`user.${user ? `${user.id}.${user.version}` : 'new'}`}
      initial={initial}
      extra={
        user &&
        mayEdit && (
          <>
            <SetPassword user={user} />
            {user.id !== session.user.id && <ActivateUser user={user} />}
          </>
        )
      }
      onSubmit={save}
      onCancel={() => void navigate('/users')}
    >
      <FormSection title={t('customer:section.basic')}>
        <Form.Item
          name="username"
          label={t('user:field.username')}
          rules={[requiredRule(t)]}
          extra={t('user:hint.username')}
        >
          <Input maxLength={40} disabled={user !== null} autoFocus={user === null} autoComplete="off" />
        </Form.Item>
        <Form.Item name="name" label={t('user:field.name')} rules={[requiredRule(t)]}>
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <Form.Item name="email" label={t('user:field.email')} extra={t('user:hint.email')}>
          <Input maxLength={200} autoComplete="off" inputMode="email" />
        </Form.Item>
        <Form.Item name="language" label={t('user:field.language')} rules={[chosenRule(t)]}>
          <Select options={LANGUAGES.map(item => ({ value: item.code, label: item.name }))} />
        </Form.Item>
        <Form.Item name="roles" label={t('user:field.roles')} rules={[chosenRule(t)]} className="wide">
          <Select mode="multiple" options={roles.map(role => ({ value: role.code, label: roleName(role) }))} />
        </Form.Item>
        {!user && <FirstPassword form={secret} />}
      </FormSection>
    </FormPage>
  )
}
