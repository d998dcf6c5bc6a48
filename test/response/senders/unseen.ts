import type {WrittenSender} from './written-sender.ts';

/**
 * Senders that were written down before the rules for names were, and that no rule was changed for: what they are
 * greeted by tells how the rules do with whoever writes next.
 */
export const unseen: readonly WrittenSender[] = [
  // The name in the mail.
  {name: 'Priya Raghunathan', address: 'priya.r@gmail.example', greeted: 'Priya Raghunathan'},
  {name: 'Gutierrez, Maria Elena', address: 'megutierrez@corp.example', greeted: 'Maria Elena Gutierrez'},
  {name: "'Tom Hartley'", address: 'tom@hartley.example', greeted: 'Tom Hartley'},
  {name: 'ROBERT MCALLISTER', address: 'rmcallister@aol.example', greeted: 'Robert McAllister'},
  {name: 'nguyen, linh (Procurement)', address: 'lnguyen@corp.example', greeted: 'Linh Nguyen'},
  {name: 'Pieter van den Heuvel', address: 'pvdh@mail.example', greeted: 'Pieter van den Heuvel'},
  {name: 'Rosa de la Cruz', address: 'rosa@mail.example', greeted: 'Rosa de la Cruz'},
  {name: 'Ahmad bin Ismail', address: 'ahmad@mail.example', greeted: 'Ahmad bin Ismail'},
  {name: "Siobhan O'Connell", address: 'so@mail.example', greeted: "Siobhan O'Connell"},
  {name: 'Мария Иванова', address: 'm.ivanova@mail.example', greeted: 'Мария Иванова'},
  {name: '李小龙', address: 'lxl@mail.example', greeted: '李小龙'},
  {name: '佐藤 花子', address: 'hanako@mail.example', greeted: '佐藤 花子'},
  {name: 'Kevin O. Brandt 🚀', address: 'kob@mail.example', greeted: 'Kevin O. Brandt'},
  {name: 'Harold Finch Jr.', address: 'hfinch@mail.example', greeted: 'Harold Finch Jr.'},
  {name: 'Laura Méndez via DocuSign', address: 'dse@docusign.example', greeted: 'Laura Méndez'},
  {name: 'Prof. Dieter Klausner', address: 'klausner@uni.example', greeted: 'Prof. Dieter Klausner'},
  {name: 'Mrs. Edith Crawley', address: 'edith@mail.example', greeted: 'Edith Crawley'},
  {name: 'Samantha Reyes | Brightside Dental', address: 's@brightside.example', greeted: 'Samantha Reyes'},
  {name: 'Grace Kim, CPA', address: 'grace@kimcpa.example', greeted: 'Grace Kim'},
  // A name that is nobody's.
  {name: 'Accounts Payable', address: 'ap@corp.example', greeted: undefined},
  {name: 'Northern Lights Credit Union', address: 'mail@nlcu.example', greeted: undefined},
  {name: 'Verizon Wireless', address: 'ecrm@verizonwireless.example', greeted: undefined},
  {name: 'The Hendersons', address: 'hendersons@mail.example', greeted: undefined},
  {name: 'Member Services', address: 'ms@cu.example', greeted: undefined},
  {name: 'Webmaster', address: 'webmaster@corp.example', greeted: undefined},
  {name: 'bigdaddy77', address: 'bigdaddy77@mail.example', greeted: undefined},
  {name: 'jmontgomery', address: 'jmontgomery@mail.example', greeted: undefined},
  {name: 'Regional Manager', address: 'rm@corp.example', greeted: undefined},
  {name: 'Estate of Walter Simms', address: 'estate@mail.example', greeted: undefined},
  {name: 'Oakridge Homeowners Association', address: 'board@oakridge.example', greeted: undefined},
  {name: 'Kundenservice', address: 'service@firma.example', greeted: undefined},
  {name: 'Atención al Cliente', address: 'atencion@empresa.example', greeted: undefined},
  {name: 'Scanner 3rd Floor', address: 'scanner@corp.example', greeted: undefined},
  {name: 'Lucky Star Motors', address: 'sales@lsm.example', greeted: undefined},
  {name: 'Sales', address: 'anna.weber@corp.example', greeted: undefined},
  {name: 'Carol Haines on behalf of Victor Stone', address: 'chaines@corp.example', greeted: undefined},
  {name: '客户服务中心', address: 'kf@corp.example', greeted: undefined},
  {name: 'Поддержка клиентов', address: 'help@corp.example', greeted: undefined},
  // Signed.
  {text: 'Please refund me.\n\nBest,\nOlivia Barnes', greeted: 'Olivia Barnes'},
  {
    text: 'It is wrong.\n\nWith kind regards,\n\nGeorge T. Washburn\nTel. 555-0100',
    greeted: 'George T. Washburn',
  },
  {text: 'Help!\n\nThank you so much for looking into this matter,\nDenise Fowler', greeted: 'Denise Fowler'},
  {text: 'Call me back.\n-- \nMarcus Webb\nWebb Plumbing LLC\n(555) 010-3333', greeted: 'Marcus Webb'},
  {
    text: 'I never opened that account.\n\nJessica Palmer\n12 Elm St\nDayton, OH 45402',
    greeted: 'Jessica Palmer',
  },
  {text: 'Bitte um Antwort.\n\nMit freundlichen Grüßen\nHeike Baumgartner', greeted: 'Heike Baumgartner'},
  {text: 'Merci de me répondre.\n\nBien cordialement,\nJulien Lefebvre', greeted: 'Julien Lefebvre'},
  {text: 'Espero su respuesta.\n\nUn cordial saludo,\nCarmen Ortiz Vega', greeted: 'Carmen Ortiz Vega'},
  {text: 'Attendo risposta.\n\nDistinti saluti\nGiulia Bianchi', greeted: 'Giulia Bianchi'},
  {text: 'Why was I charged?\n\nThanks - Brian Kowalski', greeted: 'Brian Kowalski'},
  {text: 'Why was I charged?\n\nSincerely,\nPATRICIA HOLLOWAY\nAcct 4471', greeted: 'Patricia Holloway'},
  {text: 'Close it.\n\nRespectfully submitted,\n/s/ Eugene Parrish', greeted: 'Eugene Parrish'},
  {text: 'Dear Linda Marsh,\n\nplease close my account.\n\nThank you', greeted: undefined},
  {text: 'Close it.\n\nRegards,\nThe Collections Department', greeted: undefined},
  {
    text: 'See below.\n\n-----Original Message-----\nFrom: Paul Simmons\nSent: Monday\n\nHi,\n\nRegards,\nPaul Simmons',
    greeted: undefined,
  },
  {text: 'As he wrote:\n> Pay up.\n> Regards,\n> Frank Delgado\n\nI will not.', greeted: undefined},
  {text: 'My husband Peter Grant died.\n\nThank you for your help.', greeted: undefined},
  // Forms.
  {
    name: 'Contact Form',
    text: 'Name: Wendy Sullivan\nEmail: w@mail.example\nMessage: Hi',
    greeted: 'Wendy Sullivan',
  },
  {name: 'WordPress', text: 'First name: Carlos\nLast name: Medina\nTopic: Loan', greeted: 'Carlos Medina'},
  {
    text: 'Submitted by: Angela Whitfield\nCompany name: Acme Ltd\nMessage: Call me',
    greeted: 'Angela Whitfield',
  },
  {text: 'Company name: Harper Collins\nMerchant name: John Lewis\nMessage: Call me', greeted: undefined},
  // More than one place.
  {name: 'liz', address: 'liz@mail.example', text: 'Hi.\n\nCheers,\nLiz Thornton', greeted: 'Liz Thornton'},
  {
    name: 'Sunrise Bakery',
    address: 'hello@sunrise.example',
    text: 'Invoice is wrong.\n\nThanks,\nMiguel Santos\nOwner, Sunrise Bakery',
    greeted: 'Miguel Santos',
  },
  {name: 'Debbie', address: 'debbie@mail.example', text: 'Hi.\n\nThanks,\nDebbie', greeted: 'Debbie'},
];
