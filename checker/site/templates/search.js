// The search keeps its words as a tree, in which equal branches are kept once. Lunr 2 tells branches apart by a text in
// which nothing ends a branch's number, so that where words hold digits different branches can look alike: words are
// then lost, and asking for others fails. Here every number is ended.
lunr.TokenSet.prototype.toString = function () {
  if (!this._str) {
    const branches = Object.keys(this.edges).sort().map((letter) => `${letter}${this.edges[letter].id};`)
    this._str = `${this.final ? 1 : 0}${branches.join("")}`
  }
  return this._str
}
