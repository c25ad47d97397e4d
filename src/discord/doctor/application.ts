import { ApplicationFlags, Routes } from 'discord.js';
import type { Application, Told } from '../../doctor/index.ts';
import { rightsLackedBy } from './permissions.ts';
import type { AskDiscord } from './rest.ts';

/** Of GET /applications/@me what counts here. */
interface ListedApplication {
  readonly id?: string;
  readonly flags?: number;
  readonly interactions_endpoint_url?: string | null;
  readonly bot_public?: boolean;
  readonly bot_require_code_grant?: boolean;
  readonly install_params?: InstallParams;
  /** By how it is installed: '0' in a server, '1' for a person. */
  readonly integration_types_config?: Readonly<Record<string, { oauth2_install_params?: InstallParams }>> | null;
}
interface InstallParams {
  readonly scopes: readonly string[];
  readonly permissions: string;
}

const IN_SERVERS = '0';
const wantedScopes = ['bot', 'applications.commands'];

export async function seeApplication(ask: AskDiscord, membersIntent: boolean): Promise<Told<Application>> {
  const told = await ask<ListedApplication>(Routes.currentApplication());
  if (told.is !== 'told') return told;
  const { id } = told.value;
  // Whatever answers there, it is not Discord.
  if (typeof id !== 'string') return { is: 'elsewhere' };
  return { ...told, value: applicationFrom({ ...told.value, id }, membersIntent) };
}

function applicationFrom(own: ListedApplication & { id: string }, membersIntent: boolean): Application {
  const { flags = 0, integration_types_config: types } = own;
  const { GatewayGuildMembers, GatewayGuildMembersLimited } = ApplicationFlags;
  const isGranted = (flags & (GatewayGuildMembers | GatewayGuildMembersLimited)) !== 0;
  const link = own.install_params ?? types?.[IN_SERVERS]?.oauth2_install_params;
  return {
    id: own.id,
    lacksIntent: membersIntent && !isGranted,
    hasReviewedIntent: (flags & GatewayGuildMembers) !== 0,
    hasEndpoint: Boolean(own.interactions_endpoint_url),
    isPublic: own.bot_public ?? false,
    needsCodeGrant: own.bot_require_code_grant ?? false,
    joinsServers: !types || IN_SERVERS in types,
    ...(link && { link: lackedBy(link) }),
  };
}

const lackedBy = (link: InstallParams): NonNullable<Application['link']> => ({
  lacksScopes: wantedScopes.filter((scope) => !link.scopes.includes(scope)),
  lacksRights: rightsLackedBy(BigInt(link.permissions)),
});
