/**
 * Words, in small letters without accents, that stand in names of companies, mailboxes, offices, machines and
 * places: where one stands in a name, it is no person's. Left out are those that many people
 * are called.
 */
const words = `
a about abteilung academy access account accountant accounting accounts acme action actions administration
administrator admin adjuster advantage advisor advisors agency agent air airlines alert alerts alliance ally
amazon amazing america american analyst and anonymous answer app apple applicant application applications
appraisal arbitration archive assistance assistant assistent associate associates association assurance asst
atencion attached attorney attorneys au auction auto automated automatic automotive autos aviation banca
banco bancorp bank bankers banking bankruptcy banque bay beauty benefit benefits bestellung better billing
blue board book booking bookings bookkeeper borrower bot box brands broadband broker brokers brothers
builders bureau business buy cable cafe calendar call campaign campus capital car card cardholder cardmember
cards care career careers cars cashier catering center central centre ceo certified cfo chairman charity
chat check checking chief city claim claims cleaning clerk client cliente clientes clients clinic cloud club
co coffee collection collections collector college com comcast comercial commerce commercial commission
committee communication communications community compagnie company compliance comptabilite computer concern
concerned condo confidential confirmation connect construction consulting consultant consultants consumer
contabilidad contact contacto contractor contractors control controller cooperative coordinator copier corp
corporate corporation council counsel counselor county coupon court creative credit creditor crew crown
curator customer customers daily data dealer dear debt debtor deals delivery dental dentistry department
departamento dept deputy design desk devices dienst diensten digest digital direct direction director
directors discover dispatch dispute disputes distribution distributors district division do document
documents docusign domain donotreply driver drugs early earth east ebay ecommerce editor editorial education
educational electric electrical electronics email emails emergency employee employees employer energy
engineer engineering enquiries enterprise enterprises entertainment equifax equipment equity escrow estate
europe event events executive experian express facebook facilities facility faculty family fax federal fedex
feedback fidelity finance finances financial firma first fitness fleet floor flowers focus food foods
foundation fraud free freight from front fund funding furniture future gallery garage gas gentlemen
gesellschaft global gmail gmbh google government grand graphics grill grocery group groupe gruppe guest
guild gym headquarters health healthcare heating hello help helpdesk here hi high holding holdings home
homeowner homeowners homes horizon hospital hospitality hotel hotels housing hr hub human hvac immobilien
import inbox inc incorporated industrial industries info information infos innovations inn inquiries
inspector institute institution insurance insurer integration interior interiors international internet
investment investments investor invoice invoices invoicing issuer it jewelers job jobs journal junior key
kitchen kundendienst kundenservice kontakt lab laboratories labs laundry lawyer leader leads learning
leasing ledger legal legend lender lenders lending letter liberty library license lights limited line list
listing litigation living llc llp loan loans local lodge log logistics logo loss lounge ltd lucky luxury
machine mail mailbox mailer mailing maintenance management manager managers manufacturing maritime market
marketing markets martial media medical medicare meeting member members membership mercado merchant message
messages messenger metal metro microsoft midwest military ministry mobile modern money monitor monitoring
morning mortgage motor motors movers municipal museum mutual my name national nationwide navient netflix
network networks new news newsletter next noreply northern northwest notary note notice notification
notifications nurse nursing office officer offices oficina oil online open operations operator optical
orange order orders organic organization original our outlet outlook owner owners pacific painting palace
paper paralegal parking parks partner partners partnership party patient payable payables payment payments
paypal payroll personnel pest pet pets pharmacy phone photo photography physician pizza planning plans plaza
please plumbing police policy port portal portfolio post postmaster practice premier president press prime
principal print printer printing privacy private pro processing processor procurement product production
productions products professional program project promotions properties property public publishing
purchasing quality question quick radio rail railway ranch rapid real realtor realtors realty receipt
receivable reception receptionist record records recovery recruiter recruiting recruitment red refund
refunds regards regional registrar registry reimbursement relations relief reminder rental rentals repair
report reporting reports representative republic request research reservation reservations residence
resident residents resolution resolutions resort resource resources response restaurant retail retirement
returns rewards ridge river roofing room royal safety sales salon savings scanner school science secretary
section secure securities security seguros seller senate sender senior server service services servicing
servicio servicos settlement shareholder sheriff shipping shop shopping signature silver sir sirs sky social
society software soins solar solutions source south southern southwest spa special specialist spectrum sport
sports staff standard star state stationery statement states station storage store stores strategies
strategy student students studio studios subject subscriber subscription summit sunny sunrise sunset
superior superintendent supervisor supplies supply support surgery survey sustainable system systems target
tax taxes teacher team tech technical technician technologies technology telecom telefon telephone tenant
tesla test thank thanks the theater this title tools tours town toys trade trading traffic trainer training
transfer transfers transit transport transportation transunion travel treasurer treasury tribune trust
trustee trustees uber undersigned union united universal university unknown update updates urban urgent user
utilities utility vacations valley valued vehicle vendor vendors ventures venue verizon verwaltung vice
video visa visit voice volunteer walmart warehouse warranty we web webmaster website webteam welcome
wellness western wholesale wine winery wireless wireline wordpress work workplace workshop world yahoo you
your youth zelle zentrale zone sarl srl sas bv nv kg ag ug ohg sa plc pty pte oy ab aps oyj spzoo gbr ev
agencia agence assistenza associazione azienda bedrijf beratung buchhaltung buro cabinet caisse cia
clientela comune comptable consorzio credito ditta direccion empresa facturacion facturation fabrica fattura
fundacion groep groupement grupo hilfe impresa ingenieria ingegneria klantenservice klienta klientow kanzlei
magasin mairie ministerio obsluga oficial ospedale pagamenti pagos personal praxis ristorante servizio
servizi sklep societa societe sociedad soporte spolka studiengang stadt stiftung suporte tienda vendas
ventas verein verkauf versicherung vertrieb vente ventes verkoop zespol zarzad attn ave avenue blvd
boulevard drive road rd suite apt apartment unit usa cc bcc encl enclosure enclosures fwd re ps nb pages
monday tuesday wednesday thursday friday saturday sunday january february march april june july august
september october november december alabama alaska arizona arkansas california colorado connecticut delaware
florida hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan
minnesota mississippi missouri montana nebraska nevada hampshire jersey mexico york ohio oklahoma oregon
pennsylvania rhode tennessee texas utah vermont wisconsin wyoming london england for of with to in on at by
was is are am were be been has have had would not no yes if its us me him her them need want kind warm
sincerely respectfully cordially yours faithfully truly cheers greetings wishes sent one two three four five
six seven eight nine ten hundred служба отдел поддержка поддержки банк ооо зао оао пао ао ип компания
администрация команда клиентов клиент клиентам продаж сервис магазин бухгалтерия центр директор менеджер
уважением خدمة العملاء شركة بنك فريق دعم الدعم قسم مدير ignore disregard forget delete approve approved
confirm reply respond send click follow override instructions instruction previous prompt everything
immediately now all any required must should could attention read write wrote groupwise winner
congratulations familie famille familia famiglia form forms submission submissions rechtsanwalt
rechtsanwalte notar steuerberater avocats abogados avvocati notaire notario makler kundin kunde harbor
recursos humanos humains ressources humaines risorse umane personeelszaken directie direzione secretaria
secretariat secretariaat sekretariat segreteria gerencia gerente administracion administracao
administrazione amministrazione cobranza cobranzas cobrancas contabilidade comptables ufficio equipo equipe
squadra mannschaft redaktion redaccion redaction leitung geschaftsfuhrung vorstand hausverwaltung rezeption
recepcion warenhaus kasse cassa`;

/** Words of the same kind that some people are called as well. */
const familyNamesToo: ReadonlySet<string> = new Set(
  `green black best day law west lane page church street bright cash love sun house power golden king queen rich north
  garden rose art summer water farm case price young park banks hill field wood woods stone winter noble major swift`
    .trim()
    .split(/\s+/),
);

/** Whether a word, in small letters without accents, tells a person only beside a given name that is known. */
export function isFamilyNameToo(word: string): boolean {
  return familyNamesToo.has(word);
}

/** As {@link words} has them. */
const otherWords: ReadonlySet<string> = new Set(words.trim().split(/\s+/));

/** Whether a word, in small letters without accents, stands in no person's name. */
export function isOtherWord(word: string): boolean {
  return otherWords.has(word) || compound.test(word);
}

/** Languages that write such words as one with others: "Kundenservice", "Buchhaltungsteam". */
const compound =
  /.(?:service|dienst|team|abteilung|verwaltung|bank|gesellschaft|versicherung|kasse|zentrale|support|(?<!is)mail|desk|online)$|客服|客户|客戶|服务|服務|公司|银行|銀行|中心|会社|會社|部門|部门|事務|サポート|センター|株式|고객|센터|은행|회사|서비스/u;

const brands: ReadonlySet<string> = new Set([
  ...[
    'wells fargo',
    'charles schwab',
    'morgan stanley',
    'jp morgan',
    'jpmorgan chase',
    'edward jones',
    'merrill lynch',
  ],
  ...[
    'sallie mae',
    'fannie mae',
    'freddie mac',
    'ginnie mae',
    'mary kay',
    'john deere',
    'ralph lauren',
    'jenny craig',
  ],
  ...[
    'jackson hewitt',
    'calvin klein',
    'tommy hilfiger',
    'john lewis',
    'trader joes',
    'ben jerrys',
    'jack daniels',
  ],
  ...[
    'raymond james',
    'goldman sachs',
    'kelly blue',
    'robert half',
    'johnson johnson',
    'ernst young',
    'deloitte touche',
  ],
  ...[
    'lloyds bank',
    'barclays',
    'santander',
    'synchrony',
    'citibank',
    'quicken loans',
    'james hardie',
    'paul stuart',
  ],
]);

/** Whether a name, in small letters without accents, is that of a company that sounds like a person. */
export function isBrand(name: string): boolean {
  return brands.has(name);
}
