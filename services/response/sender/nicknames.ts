/** Short names, each with what they are short for, in small letters without accents. */
const shortFor: Readonly<Record<string, readonly string[]>> = {
  ...{
    al: ['albert', 'alan', 'alfred'],
    alex: ['alexander', 'alexandra'],
    andy: ['andrew'],
    ann: ['anna', 'anne'],
  },
  ...{
    barb: ['barbara'],
    becky: ['rebecca'],
    ben: ['benjamin'],
    beth: ['elizabeth'],
    bill: ['william'],
    bob: ['robert'],
  },
  ...{
    bobby: ['robert'],
    cathy: ['catherine'],
    charlie: ['charles'],
    chris: ['christopher', 'christina', 'christine'],
  },
  ...{
    chuck: ['charles'],
    cindy: ['cynthia'],
    dan: ['daniel'],
    dave: ['david'],
    deb: ['deborah'],
    debbie: ['deborah'],
  },
  ...{
    dick: ['richard'],
    don: ['donald'],
    doug: ['douglas'],
    ed: ['edward'],
    fred: ['frederick'],
    greg: ['gregory'],
  },
  ...{
    jack: ['john'],
    jeff: ['jeffrey'],
    jen: ['jennifer'],
    jenny: ['jennifer'],
    jim: ['james'],
    jimmy: ['james'],
  },
  ...{
    joe: ['joseph'],
    jon: ['jonathan'],
    josh: ['joshua'],
    kate: ['katherine', 'catherine'],
    kathy: ['katherine'],
  },
  ...{
    ken: ['kenneth'],
    kim: ['kimberly'],
    larry: ['lawrence'],
    liz: ['elizabeth'],
    maggie: ['margaret'],
    matt: ['matthew'],
  },
  ...{
    mike: ['michael'],
    nick: ['nicholas'],
    pam: ['pamela'],
    pat: ['patricia', 'patrick'],
    peggy: ['margaret'],
  },
  ...{
    pete: ['peter'],
    phil: ['philip', 'phillip'],
    ray: ['raymond'],
    rich: ['richard'],
    rick: ['richard'],
    rob: ['robert'],
  },
  ...{
    ron: ['ronald'],
    sam: ['samuel', 'samantha'],
    sandy: ['sandra'],
    steve: ['steven', 'stephen'],
    sue: ['susan'],
  },
  ...{ted: ['edward', 'theodore'], terry: ['terence'], tim: ['timothy'], tom: ['thomas'], tony: ['anthony']},
  ...{
    vicky: ['victoria'],
    will: ['william'],
    sepp: ['josef'],
    hans: ['johannes'],
    pepe: ['jose'],
    paco: ['francisco'],
  },
};

/** Whether two words, in small letters without accents, can be what one person is called. */
export function areOneName(one: string, other: string): boolean {
  return one === other || isShort(one, other) || isShort(other, one);
}

function isShort(name: string, full: string): boolean {
  return shortFor[name]?.includes(full) ?? false;
}
