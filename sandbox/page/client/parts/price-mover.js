/** @import { ProductView } from '../../contract.ts' */
/** @import { App } from '../app.js' */
import { Component, h } from 'preact';

/** @typedef {{ app: App, products: ProductView[], currency: string }} Props */

/** @extends {Component<Props, { item: string, to: string, said: string }>} */
export class PriceMover extends Component {
  /** @override */
  state = { item: '', to: '', said: '' };

  get product() {
    const { products } = this.props;
    return products.find(({ item }) => item === this.state.item) ?? products[0];
  }

  /** @param {Event} event */
  move = async (event) => {
    event.preventDefault();
    const { product } = this;
    if (!product) return;
    const to = this.state.to || product.price;
    const answer = await this.props.app.does.fault('price', { item: product.item, to });
    this.setState({
      to: '',
      said: 'error' in answer ? answer.error : `${product.name} now costs ${to}.`,
    });
  };

  /** @override */
  render() {
    const { products, currency } = this.props;
    const { to, said } = this.state;
    return h(
      'form',
      { class: 'price-mover', onSubmit: this.move },
      h('strong', { id: 'price-title' }, 'Change a price'),
      h(
        'select',
        {
          'aria-label': 'Which card',
          value: this.product?.item,
          /** @param {any} event */
          onChange: ({ target }) => this.setState({ item: target.value, to: '', said: '' }),
        },
        products.map(({ item, name }) => h('option', { key: item, value: item }, name)),
      ),
      h('input', {
        'aria-label': `New price in ${currency}`,
        inputMode: 'decimal',
        placeholder: this.product?.price,
        value: to,
        size: 7,
        /** @param {any} event */
        onInput: ({ target }) => this.setState({ to: target.value }),
      }),
      h('button', { type: 'submit', class: 'button secondary' }, 'Change'),
      said && h('p', { class: 'quiet', role: 'status' }, said),
    );
  }
}
