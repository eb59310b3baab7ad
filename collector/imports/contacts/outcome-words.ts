import type { LexiconEntry } from '../../enrich/words.ts'

/**
 * What a CRM says became of a contact: where sales put it, or `lead`: nothing yet; `own`: it is an MQL, which Goldpan
 * says itself; `former`: a customer no more, for which the funnel has no stage.
 */
export type OutcomeKind =
  | 'customer'
  | 'disqualified'
  | 'nurturing'
  | 'no_budget'
  | 'sales_qualified'
  | 'sal'
  | 'own'
  | 'lead'
  | 'former'

/**
 * Words of the lifecycle stages, lead statuses and deal stages of HubSpot, Salesforce, Pipedrive, Zoho and Dynamics, and of
 * those who name their own. What is denied comes first: "not converted" is not "converted".
 */
export const OUTCOMES: readonly LexiconEntry<OutcomeKind>[] = [
  {
    means: 'former',
    phrases: {
      en: 'former*, ex customer, ex client, churned, churn, lost customer, lost client, inactive customer, past customer, cancelled customer',
      de: 'ehemalig*, gekundigt',
      bg: 'бивш*',
      ru: 'бывш*',
    },
  },
  {
    means: 'lead',
    phrases: {
      en: 'not contacted, not yet contacted, uncontacted, potential*, prospective*, prospect, prospects, not a customer, not customer, no customer, non customer',
      bg: 'потенциал*, не е клиент',
      ru: 'потенциал*',
      de: 'interessent*, potenziell*, kein kunde',
      pl: 'potencjaln*',
      es: 'potencial*',
      it: 'potenzial*',
    },
  },
  {
    means: 'no_budget',
    phrases: {
      en: 'no budget, lack of budget, budget frozen',
      de: 'kein budget',
      bg: 'няма бюджет, без бюджет',
      ru: 'нет бюджета',
      fr: 'pas de budget',
      es: 'sin presupuesto',
    },
  },
  {
    means: 'disqualified',
    phrases: {
      en: 'unqualified, not qualified, disqualified*, dis qualified, junk*, spam, invalid*, bad data, bad lead, bad fit, not a fit, no fit, poor fit, lost, closedlost, closed lost, lost lead, lost deal, dead*, rejected, declined, refused, not converted, not interested, no interest, uninterested, competitor*, out of business, wrong person, wrong contact, no longer works, duplicate, do not contact, test lead, deleted, abandoned, closed no sale',
      de: 'verloren, abgelehnt, disqualifiziert, unqualifiziert, nicht qualifiziert, kein interesse, ungultig*, absage',
      fr: 'perdu*, non qualifie*, disqualifie*, refuse*, pas interesse*, invalide',
      es: 'perdid*, no calificado, no cualificado, descartad*, descalificad*, rechazad*, no interesado',
      it: 'pers*, non qualificat*, squalificat*, scartat*, rifiutat*, non interessat*',
      nl: 'verloren, niet gekwalificeerd, afgewezen, afgekeurd, geen interesse',
      pt: 'perdid*, nao qualificado, desqualificad*, descartad*, rejeitad*, sem interesse',
      pl: 'przegran*, stracon*, niezakwalifikowan*, odrzucon*, zdyskwalifikowan*, niezainteresowan*, utracon*',
      cs: 'prohran*, ztracen*, nekvalifikovan*, zamitnut*, odmitnut*, diskvalifikovan*',
      bg: 'загубен*, отказ*, отхвърлен*, неквалифициран*, дисквалифициран*, неподходящ*, без интерес, не се интересува',
      ru: 'проигран*, потерян*, отказ*, неквалифицирован*, дисквалифицирован*, не реализован*, закрыто и не реализовано, спам, нецелевой',
      uk: 'програн*, втрачен*, відмова*, некваліфікован*, нецільовий',
      he: 'אבוד*, נדחה, לא מתאים, לא רלוונטי, לא מעוניין',
      tr: 'kaybedildi, reddedildi',
    },
  },
  {
    means: 'nurturing',
    phrases: {
      en: 'nurtur*, recycle*, bad timing, not now, not ready, no timeline, contact in future, contact later, follow up later, call later, later, on hold, paused, postponed, long term, dormant, future opportunity, open nurture',
      de: 'nurturing, spater, zuruckgestellt, wiedervorlage, pausiert',
      fr: 'plus tard, en attente, reporte',
      es: 'mas adelante, en espera, en pausa, pospuesto',
      it: 'piu avanti, in attesa, rimandato',
      nl: 'later, uitgesteld, in de wacht',
      pt: 'mais tarde, em espera, adiado',
      pl: 'pozniej, odlozon*, wstrzyman*',
      cs: 'pozdeji, odlozen*, pozastaven*',
      bg: 'по късно, отложен*, подгряване, на изчакване, не сега',
      ru: 'позже, отложен*, прогрев, на паузе, не сейчас',
      uk: 'пізніше, відкладен*',
      he: 'מאוחר יותר, בהמתנה, טיפוח',
    },
  },
  {
    means: 'own',
    phrases: {
      en: 'mql, marketing qualified*, marketingqualifiedlead, marketing engaged',
      bg: 'маркетингово квалифициран*',
      ru: 'маркетингово квалифицирован*',
    },
  },
  {
    means: 'customer',
    phrases: {
      en: 'customer*, client, clients, won, closedwon, closed won, deal won, evangelist, paying, paid, subscriber paid, active client, signed, contract signed, purchased, bought, order placed',
      de: 'kunde, kundin, kunden, bestandskunde, gewonnen, abgeschlossen gewonnen, auftrag erteilt',
      fr: 'client, clients, gagne*, signe*, conclu',
      es: 'cliente, clientes, ganad*, cerrado ganado, firmado',
      it: 'cliente, clienti, vint*, chiuso vinto, acquisito',
      nl: 'klant, klanten, gewonnen',
      pt: 'cliente, clientes, ganh*, fechado ganho',
      pl: 'klient, klienci, wygran*, pozyskan*',
      cs: 'zakaznik, klient, vyhran*, ziskan*',
      bg: 'клиент, клиенти, спечелен*, сключена, подписан*, купил*',
      ru: 'клиент, клиенты, выигран*, успешно реализовано, сделка заключена, покупатель, оплачено',
      uk: 'клієнт, виграно, успішно реалізовано, оплачено',
      he: 'לקוח, לקוחה, נסגר בהצלחה, זכייה',
      tr: 'musteri, kazanildi',
    },
  },
  {
    means: 'sal',
    phrases: {
      en: 'pre qualified, prequalified, sal, sales accepted*, accepted, working*, contacted, contact made, attempted*, attempting*, connected, in progress, engaged, in contact, contacting, assigned, reached out, follow up, following up, replied, responded, open contacted',
      de: 'in bearbeitung, kontaktiert, kontakt aufgenommen, angenommen, in arbeit',
      fr: 'contacte*, en cours, accepte*, pris en charge',
      es: 'contactad*, en curso, en proceso, aceptad*',
      it: 'contattat*, in corso, in lavorazione, accettat*',
      nl: 'gecontacteerd, benaderd, in behandeling, geaccepteerd',
      pt: 'contatad*, contactad*, em andamento, em curso, aceit*',
      pl: 'skontaktowan*, w trakcie, w toku, zaakceptowan*, w realizacji',
      cs: 'kontaktovan*, probiha, v jednani, prijat*',
      bg: 'свързахме се, в процес, в работа, приет*, контактуван*, осъществен контакт',
      ru: 'в работе, связались, принят*, первичный контакт, взят в работу',
      uk: 'в роботі, прийнято, первинний контакт',
      he: 'בטיפול, נוצר קשר, התקבל',
    },
  },
  {
    means: 'sales_qualified',
    phrases: {
      en: 'sql, sales qualified*, salesqualifiedlead, opportunity*, qualified, qualification, converted, closed converted, proposal*, quote*, price quote, negotiat*, demo*, needs analysis, value proposition, decision maker*, decisionmaker*, id decision makers, perception analysis, presentation*, presentationscheduled, appointment*, appointmentscheduled, qualifiedtobuy, contract sent, contractsent, evaluat*, discovery, trial, pilot, meeting*, open deal, open opportunity, verbal*',
      de: 'qualifiziert, angebot*, verhandlung*, chance, opportunity, termin*',
      fr: 'qualifie*, opportunite*, proposition*, negociation*, devis*, rendez vous*, demo*',
      es: 'calificad*, cualificad*, oportunidad*, propuesta*, negociacion*, presupuesto*, demo*',
      it: 'qualificat*, opportunita, proposta*, trattativa*, negoziazione, preventivo*, demo*',
      nl: 'gekwalificeerd, kans, offerte*, onderhandel*, demo*',
      pt: 'qualificad*, oportunidade*, proposta*, negociacao*, orcamento*, demo*',
      pl: 'zakwalifikowan*, kwalifikowan*, szansa*, oferta*, negocjacj*, demo*',
      cs: 'kvalifikovan*, prilezitost*, nabidka*, vyjednavan*, demo*',
      bg: 'квалифициран*, възможност*, оферта*, преговор*, демо*, среща*',
      ru: 'квалифицирован*, возможность*, предложение*, переговоры*, коммерческое предложение, демо*, встреча*, принимают решение',
      uk: 'кваліфікован*, пропозиція*, переговори*, демо*',
      he: 'מוסמך, הזדמנות*, הצעה*, הצעת מחיר, משא ומתן',
    },
  },
  {
    means: 'lead',
    phrases: {
      en: 'lead, leads, new, new lead, open, subscriber, subscribed, raw, untouched, cold, warm, hot, unknown, other, none, contact, inquiry, enquiry, unassigned, marketing lead, visitor',
      de: 'neu, offen, interessent*, lead',
      fr: 'nouveau*, nouvelle, ouvert*, prospect*, piste, abonne*',
      es: 'nuevo, nueva, abiert*, prospecto*, suscriptor*',
      it: 'nuovo, nuova, apert*, prospect*, iscritt*',
      nl: 'nieuw, open, abonnee',
      pt: 'novo, nova, abert*, assinante',
      pl: 'nowy, nowa, otwart*, subskrybent',
      cs: 'novy, nova, otevren*, odberatel',
      bg: 'нов, нова, ново, отворен*, лийд, абонат*',
      ru: 'новый, новая, открыт*, лид, подписчик, неразобранное',
      uk: 'новий, нова, відкрит*, лід, підписник',
      he: 'חדש, חדשה, פתוח, ליד',
    },
  },
]
