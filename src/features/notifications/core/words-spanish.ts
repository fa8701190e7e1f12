import type { Count, NoticeWords } from './notice-words.ts';

const many = ({ count, text }: Count, one: string, more: string): string =>
  `${text} ${count === 1 ? one : more}`;

const reasons: Readonly<Record<string, string>> = {
  'breaker.source-stale': 'hace demasiado que no se lee un servicio',
  'breaker.source-failed': 'no se pudo leer un servicio',
  'breaker.source-empty': 'un servicio dice que está vacío',
  'breaker.source-missing': 'falta un servicio necesario',
  'breaker.disk-unknown': 'no se sabe cuánto espacio queda en un disco',
  'breaker.candidates-jumped': 'se irían muchos más títulos que en el último plan',
  'breaker.tags-unknown': 'no se pudo preguntar qué etiquetas existen',
  'breaker.exclusion-tag-missing': 'una etiqueta que protege no existe en ningún sitio',
  'cleanup.library-busy': 'la biblioteca estaba ocupada',
  'cleanup.policy-not-found': 'la política ya no existe',
  'plan.exceeds-cap-items': 'el plan se lleva más títulos de los que permite la política',
  'plan.exceeds-cap-bytes': 'el plan se lleva más espacio del que permite la política',
  'plan.exceeds-cap-library': 'el plan se lleva más parte de la biblioteca de la que permite la política',
  'cleanup.no-library': 'no se pudo leer la biblioteca',
  request: 'el servidor de peticiones',
  'media-server': 'el servidor de medios',
  'step.unreachable': 'un servicio no respondió',
  'step.refused': 'un servicio lo rechazó',
  'probe.key-refused': 'rechaza la clave',
  'probe.timed-out': 'no respondió a tiempo',
  'probe.refused': 'no hay nadie escuchando ahí',
  'probe.host-unknown': 'no se conoce el nombre del servidor',
  'probe.metadata': 'su nombre lleva a una dirección que no es de ningún servicio',
  'probe.server-error': 'responde con un error',
  'probe.starting': 'todavía está arrancando',
  'source.signed-out': 'ya no acepta la sesión',
  'source.challenge': 'quiere ver un navegador y una persona (Cloudflare)',
  'source.user-agent-refused': 'dice que el programa por el que nos hacemos pasar es demasiado antiguo',
  'source.rate-limited': 'pide menos preguntas',
  'source.server-error': 'responde con un error',
  'source.timed-out': 'no respondió a tiempo',
  'source.unreachable': 'no se puede llegar hasta ella',
  'source.folder-missing': 'su carpeta no está; quizá falta montar el disco',
  'source.folder-empty': 'su carpeta está vacía; quizá falta montar el disco',
  'source.folder-unreadable': 'el programa no tiene permiso para leer su carpeta',
  'source.bad-answer': 'no se entiende su respuesta',
};

const advice: Readonly<Record<string, string>> = {
  'source.signed-out': 'Entra con tu navegador y pega la cookie nueva en Ajustes → Fuentes.',
  'source.challenge': 'Abre el sitio una vez con tu navegador, desde la misma red, y deja pausas más largas.',
  'source.user-agent-refused': 'Escribe el agente de usuario de tu navegador en los ajustes de la fuente.',
};

export const spanish: NoticeWords = {
  titles: (count) => many(count, 'título', 'títulos'),
  planTitle: (count) =>
    count.count === 1 ? 'Nuevo plan de limpieza' : `${count.text} planes de limpieza nuevos`,
  planWouldRemove: ({ policy, titles, bytes, leaving }) =>
    `${policy}: se irían ${titles} y quedarían libres ${bytes}; se irán pronto: ${leaving}.`,
  planNothing: (policy) => `${policy}: nada que retirar.`,
  planDry: 'Simulacro: no se retira nada hasta que armes la política.',
  planStopped: ({ policy, checks }) => `${policy}: la ejecución se detendría porque ${checks}.`,
  leavingTitle: (count) => `${many(count, 'título se irá', 'títulos se irán')} pronto`,
  leavingLine: ({ title, day, bytes }) => `${title} – ${day}${bytes === null ? '' : ` (${bytes})`}`,
  season: (number) => (number === 0 ? 'Especiales' : `Temporada ${number}`),
  runTitle: ({ titles, bytes, isDry }) =>
    isDry ? `Simulacro: se irían ${titles}, ${bytes}` : `Retirados ${titles}, ${bytes} libres de nuevo`,
  runOf: (policy) => (policy === null ? 'Retirado a mano.' : `Limpieza: ${policy}`),
  runFailed: (count) =>
    count.count === 1 ? 'Un título no se pudo retirar.' : `${count.text} títulos no se pudieron retirar.`,
  runLeftAlone: (count) =>
    count.count === 1
      ? 'Un título se dejó como estaba: algo había cambiado.'
      : `${count.text} títulos se dejaron como estaban: algo había cambiado.`,
  runCutShort: (why) => `La ejecución se abandonó a medias: falló una y otra vez ${why}.`,
  runDry: 'No se ha cambiado nada.',
  waitingTitle: (policy) =>
    policy === null ? 'Un plan espera tu visto bueno' : `Espera tu visto bueno: ${policy}`,
  waitingFor: ({ titles, bytes }) => `Se irían ${titles}, ${bytes}.`,
  stoppedTitle: (policy) =>
    policy === null ? 'Se ha detenido una ejecución' : `Ejecución detenida: ${policy}`,
  stoppedNothing: 'No se ha retirado nada.',
  downTitle: (names, count) => `${names} no ${count === 1 ? 'responde' : 'responden'}`,
  downWhy: ({ name, why }) => (why === null ? name : `${name}: ${why}`),
  downMeans: 'Mientras tanto no se retira nada que dependa de ello.',
  upTitle: (names, count) => `${names} ${count === 1 ? 'vuelve' : 'vuelven'} a responder`,
  sourceStoppedTitle: (source) => `${source} se ha detenido`,
  sourceStoppedWhy: (why) => `No se archiva nada nuevo: ${why}.`,
  sourceAdvice: (code) => advice[code] ?? 'Seguirá sola en cuanto pueda.',
  sourceKept: 'Todo lo archivado se queda como está.',
  sourceExpiringTitle: (source) => `La sesión de ${source} caduca pronto`,
  sourceExpiringWhy: (day) => `Vale hasta el ${day}. Pega antes una cookie nueva en Ajustes → Fuentes.`,
  requestedTitle: (count) =>
    count.count === 1 ? 'Algo que pediste se irá pronto' : `${count.text} títulos que pediste se irán pronto`,
  requestedIntro: (person) => `Hola, ${person}. Esto se va a retirar para hacer sitio:`,
  keep: 'Conservarlo',
  keepNote: 'Cada enlace sirve una sola vez.',
  open: 'Abrir KeeperCheky',
  and: (names) => new Intl.ListFormat('es').format(names),
  more: (count) => `… y ${count} más`,
  digestTitle: (count) => `${count} mensajes de KeeperCheky`,
  testTitle: 'Prueba de KeeperCheky',
  testLine: (channel) => `El canal «${channel}» funciona.`,
  reason: (code) => reasons[code] ?? code,
};
